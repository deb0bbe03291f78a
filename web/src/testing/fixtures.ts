/** Plain data for tests and for looking at screens. Nothing in the product imports this. */
import type { OpenDrive } from '../api/engine';
import type { BurnFailure, BurnPlan, BurnResult, ChangeOffer, DriveChoice, MediumState, SpeedInfo } from '../api/types';
import type { Progress } from '../state/state';

export const SIM: DriveChoice = { id: 'page-sim', via: 'page-sim', vendor: 'WEBBURN', product: 'SIM BD-RE', revision: '1.00', simulated: true };
export const BRIDGE: DriveChoice = { id: 'bridge:sr0', via: 'bridge', vendor: 'ASUS', product: 'BW-16D1H-U', revision: '3.10', simulated: false };
export const BRIDGE_SIM: DriveChoice = { ...BRIDGE, id: 'bridge:sim0', vendor: 'WEBBURN', product: 'BD-RE SIM', simulated: true };

const times = (one: number, list: number[]): SpeedInfo[] => list.map((x) => ({ sectorsPerSecond: Math.round(one * x), times: x, pureCav: false }));

const base: MediumState = {
  present: true,
  typeName: 'BD-R',
  family: 'bd',
  layers: 1,
  status: 'blank',
  writable: true,
  rewritable: false,
  writeProtected: false,
  totalSectors: 12_219_392,
  freeSectors: 12_219_392,
  nextWritableAddress: 0,
  lastWrittenAddress: null,
  writeUnit: 32,
  sessions: [],
  tracks: [],
  speeds: times(2195, [2, 4, 6, 8]),
  manufacturerId: 'VERBAT-IMe-000',
  seemsBlank: true,
  replaceable: false,
  backgroundFormat: 'none',
  changes: [],
  fields: [
    { name: 'CurrentPhysicalMediaType', value: 'IMAPI_MEDIA_TYPE_BDR', detail: '0x12' },
    { name: 'CurrentMediaStatus', value: 'IMAPI_FORMAT2_DATA_MEDIA_STATE_BLANK | …_APPENDABLE', detail: '0x0006' },
    { name: 'WriteProtectStatus', value: '0x0000' },
    { name: 'MediaPhysicallyBlank', value: 'VARIANT_TRUE' },
    { name: 'TotalSectorsOnMedia', value: '12 219 392' },
    { name: 'FreeSectorsOnMedia', value: '12 219 392' },
    { name: 'NextWritableAddress', value: '0' },
    { name: 'LastWrittenAddressOfPreviousSession', value: '−1' },
  ],
};

const CHANGES: ChangeOffer[] = [
  { change: { kind: 'erase', full: false }, sectors: null, seconds: 6 },
  { change: { kind: 'erase', full: true }, sectors: null, seconds: 852 },
  { change: { kind: 'format', goal: 'background', spare: 'usual', full: false }, sectors: null, seconds: 45 },
  { change: { kind: 'format', goal: 'background', spare: 'usual', full: true }, sectors: null, seconds: 897 },
];

export const BD_R = base;
export const NONE: MediumState = { ...base, present: false, typeName: '', status: 'none', totalSectors: 0, freeSectors: 0, nextWritableAddress: null, speeds: [], fields: [], manufacturerId: null, writable: false, family: 'other' };
export const CD_R: MediumState = { ...base, typeName: 'CD-R', family: 'cd', totalSectors: 359_847, freeSectors: 359_847, writeUnit: 1, manufacturerId: '97:24:01', speeds: times(75, [8, 16, 24, 48]) };
export const CD_R_MULTI: MediumState = {
  ...CD_R,
  status: 'appendable',
  freeSectors: 177_397,
  nextWritableAddress: 182_450,
  lastWrittenAddress: 170_999,
  sessions: [
    { number: 1, firstTrack: 1, lastTrack: 1, start: 0, end: 98_000, open: false },
    { number: 2, firstTrack: 2, lastTrack: 2, start: 109_400, end: 171_000, open: false },
  ],
  tracks: [
    { number: 1, session: 1, start: 0, sectors: 98_000, kind: 'data', blank: false, nextWritable: null, lastRecorded: 97_999, freeSectors: 0 },
    { number: 2, session: 2, start: 109_400, sectors: 61_600, kind: 'data', blank: false, nextWritable: null, lastRecorded: 170_999, freeSectors: 0 },
    { number: 3, session: 3, start: 182_450, sectors: 177_397, kind: 'unknown', blank: true, nextWritable: 182_450, lastRecorded: null, freeSectors: 177_397 },
  ],
};
export const DVD_PLUS_RW: MediumState = { ...base, typeName: 'DVD+RW', family: 'dvd', status: 'overwritable', rewritable: true, replaceable: true, seemsBlank: false, changes: CHANGES, totalSectors: 2_295_104, freeSectors: 2_295_104, writeUnit: 16, manufacturerId: 'RICOHJPN W11', speeds: times(676, [2.4, 4]), lastWrittenAddress: 410_000, nextWritableAddress: 0 };
export const DVD_R_CLOSED: MediumState = {
  ...base,
  typeName: 'DVD-R',
  family: 'dvd',
  status: 'complete',
  writable: false,
  totalSectors: 2_298_496,
  freeSectors: 0,
  nextWritableAddress: null,
  lastWrittenAddress: 1_620_223,
  writeUnit: 16,
  speeds: times(676, [4, 8, 12, 16]),
  manufacturerId: 'MCC 03RG20',
  sessions: [
    { number: 1, firstTrack: 1, lastTrack: 1, start: 0, end: 714_000, open: false },
    { number: 2, firstTrack: 2, lastTrack: 2, start: 728_000, end: 1_102_336, open: false },
    { number: 3, firstTrack: 3, lastTrack: 3, start: 1_108_480, end: 1_620_224, open: false },
  ],
};
export const DVD_R_DL: MediumState = { ...DVD_R_CLOSED, typeName: 'DVD+R DL', layers: 2, totalSectors: 4_173_824, sessions: [{ number: 1, firstTrack: 1, lastTrack: 1, start: 0, end: 3_500_000, open: false }] };

export const MEDIA = [
  { id: 'none', label: 'None' },
  { id: 'cd-r', label: 'CD-R, blank' },
  { id: 'dvd+rw', label: 'DVD+RW, blank' },
  { id: 'bd-r', label: 'BD-R, blank' },
  { id: 'cd-r:recorded', label: 'CD-R, with data' },
];

export const open = (medium: MediumState, drive: DriveChoice = SIM, loaded: string | null = 'bd-r'): OpenDrive => ({
  drive,
  media: drive.simulated ? MEDIA : [],
  loaded: drive.simulated ? loaded : null,
  medium,
});

export const PLAN: BurnPlan = {
  steps: [
    { code: 'mode-page', args: {}, seconds: 0 },
    { code: 'calibrate', args: {}, seconds: 15 },
    { code: 'write', args: { sectors: 8_886_720, times: 8, start: 0 }, seconds: 540 },
    { code: 'close-disc', args: {}, seconds: 120 },
    { code: 'reload', args: {}, seconds: 12 },
    { code: 'verify', args: { sectors: 8_886_720 }, seconds: 540 },
  ],
  ifStopped: { code: 'disc-spent', args: {} },
  startAddress: 0,
  sectors: 8_886_720,
  seconds: 1227,
  closes: true,
};

/** A quick erase of a CD-RW or DVD-RW: the drive does it by itself. */
export const ERASE_PLAN: BurnPlan = {
  steps: [{ code: 'blank', args: { full: false }, seconds: 60 }],
  ifStopped: { code: 'disc-reusable', args: {} },
  startAddress: 0,
  sectors: 0,
  seconds: 60,
  closes: false,
};

export const progress = (patch: Partial<Progress> = {}): Progress => ({
  type: 'progress',
  phase: 'write',
  fraction: 0.42,
  sectorsDone: 3_732_416,
  sectorsTotal: 8_886_720,
  bytesPerSecond: 36_400_000,
  times: 8.1,
  secondsElapsed: 266,
  secondsLeft: 960,
  hostBuffer: { used: 56 * 1048576, total: 64 * 1048576 },
  driveBuffer: { used: 3.9 * 1048576, total: 4 * 1048576 },
  address: 3_732_416,
  ...patch,
});

export const RESULT: BurnResult = {
  outcome: 'verified',
  startAddress: 0,
  sectors: 8_886_720,
  sha256: '9d4e1b07c3a85f2260be17d44f9a02c8b16d7e35a80c44f127d95b6e03fa81c9',
  sha256ReadBack: '9d4e1b07c3a85f2260be17d44f9a02c8b16d7e35a80c44f127d95b6e03fa81c9',
  averageTimes: 7.4,
  averageBytesPerSecond: 33_200_000,
  seconds: 1203,
  closed: true,
  hresult: 0,
  medium: { ...base, status: 'complete', writable: false, freeSectors: 0, nextWritableAddress: null, lastWrittenAddress: 8_886_719, sessions: [{ number: 1, firstTrack: 1, lastTrack: 1, start: 0, end: 8_886_720, open: false }] },
};

export const failure = (code: string, patch: Partial<BurnFailure> = {}): BurnFailure => ({
  code,
  args: {},
  hresult: 0xc0aa0301,
  hresultName: 'E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE',
  message: 'while writing: the drive said no',
  refusedBeforeWriting: true,
  medium: null,
  ...patch,
});

export const WRITE_ERROR: BurnFailure = failure('write-error', {
  sense: '70 00 03 00 00 00 00 0a 00 00 00 00 0c 00 00 00 00 00',
  senseText: '3/0C/00 WRITE ERROR',
  command: 'WRITE(10)',
  lba: 3_821_280,
  refusedBeforeWriting: false,
  medium: { ...base, status: 'damaged', writable: false, freeSectors: 8_398_112 },
});
