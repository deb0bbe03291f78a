/// <reference types="node" />
import { beforeAll, describe, expect, it } from 'vitest';
import { CdSectorType, type DiscFormat2, DiscFormat2RawCD, HRESULT, MediaPhysicalType, RawCDImageCreator, type RawCDEventArgs, RawCdDataSectorType, RawCdWriteAction, type ResultStream } from './dist/webburn';
import { creatorOf, from, holds, readCd, readToc, samples, zeros } from './cd-support';
import { fails, noise, onDisc, recorderWith, same, SECTOR, writerWith } from './support';

/** Bytes of a raw sector with 96 of sub-channel. */
const RAW = 2448;
/** Where the lead-in of the simulated CD-R begins. */
const LEAD_IN = -11_634;

async function rawWith(medium: string) {
  const made = await recorderWith(medium);
  const raw = new DiscFormat2RawCD();
  raw.recorder = made.recorder;
  raw.clientName = 'tests';
  return { ...made, raw };
}

async function preparedRaw() {
  const made = await rawWith('cd-r');
  expect(await made.raw.prepareMedia()).toBe(HRESULT.S_OK);
  await made.raw.setRequestedSectorType(RawCdDataSectorType.IsRaw);
  return made;
}

describe('a raw burn', () => {
  const [first, second] = [samples(400, 1), samples(350, 2)];
  const creator = () => {
    const made = creatorOf(first, new Blob([second]));
    made.mediaCatalogNumber = '4006381333931';
    made.trackInfo(2).ISRC = 'DEZZZ2600001';
    made.cdText = { title: 'Ein Album', tracks: [{ title: 'Eins' }, { title: 'Zwei' }] };
    return made;
  };
  let image: ResultStream;
  let toc: Uint8Array;
  beforeAll(() => {
    const made = creator();
    toc = made.expectedTableOfContents;
    image = made.createResultImage();
  });

  it('of a created image, read back', async () => {
    const { recorder, raw } = await rawWith('cd-r');
    expect([await raw.isRecorderSupported(recorder), await raw.isCurrentMediaSupported(recorder)]).toEqual([true, true]);
    expect(await raw.prepareMedia()).toBe(HRESULT.S_OK);
    expect(recorder.exclusiveAccessOwner).toBe('tests');
    expect(raw.startOfNextSession).toBe(LEAD_IN);
    expect(raw.lastPossibleStartOfLeadout).toBe(359_849);
    expect(raw.requestedSectorType).toBe(RawCdDataSectorType.IsCooked);
    expect(await raw.supportedSectorTypes()).toEqual([RawCdDataSectorType.PqOnly, RawCdDataSectorType.IsCooked, RawCdDataSectorType.IsRaw]);
    await raw.setRequestedSectorType(RawCdDataSectorType.IsRaw);
    expect(raw.requestedSectorType).toBe(RawCdDataSectorType.IsRaw);
    raw.bufferUnderrunFreeDisabled = true;
    expect(raw.bufferUnderrunFreeDisabled).toBe(true);
    const told: RawCDEventArgs[] = [];
    raw.onUpdate((args) => told.push(args));
    expect(await raw.writeMedia(image)).toBe(HRESULT.S_OK);
    await raw.releaseMedia();
    expect(recorder.exclusiveAccessOwner).toBe('');
    const actions = told.map((args) => args.currentAction);
    expect([...new Set(actions)]).toEqual([RawCdWriteAction.Preparing, RawCdWriteAction.Writing, RawCdWriteAction.Finishing]);
    const writing = told.filter((args) => args.currentAction === RawCdWriteAction.Writing && args.lastWrittenLba > 0);
    expect(writing.length).toBeGreaterThan(0);
    expect(writing[0]).toMatchObject({ startLba: LEAD_IN, elapsedTime: expect.any(Number), remainingTime: expect.any(Number) });
    expect(writing[0]).not.toHaveProperty('currentTrackNumber');

    expect(await readToc(recorder, 0)).toEqual(toc);
    expect(await holds(recorder, 0, first)).toBe(true);
    expect(await holds(recorder, 550, second)).toBe(true);
    // Q of the first sector of track 2: ADR 1, track 2, index 1.
    const q = (await readCd(recorder, 550, 1, true)).subarray(2352);
    expect([q[0]! & 15, q[1], q[2]]).toEqual([1, 2, 1]);
    // CD-Text in the lead-in is the same as by cue sheet.
    expect(same((await readToc(recorder, 5)).subarray(4), creator().createSession().cdText!)).toBe(true);
    const contents = await recorder.discContents();
    expect(contents.mediaCatalogNumber).toBe('4006381333931');
    expect(contents.sessions.map((session) => session.tracks.map((track) => [track.start, track.sectors, track.isrc]))).toEqual([
      [
        [0, 400, null],
        [550, 350, 'DEZZZ2600001'],
      ],
    ]);
  });

  it('of data and audio with a pre-gap of its own', async () => {
    const made = new RawCDImageCreator();
    made.dataTracksAllowed = true;
    const data = noise(400, 6);
    made.addTrack(CdSectorType.Mode1, data);
    made.addTrack(CdSectorType.Audio, second);
    made.trackInfo(2).gap = 300;
    const [start, toc] = [made.trackInfo(2).startingLba, made.expectedTableOfContents];
    const { recorder, raw } = await preparedRaw();
    expect(await raw.writeMedia(made.createResultImage())).toBe(HRESULT.S_OK);
    await raw.releaseMedia();
    expect(start).toBe(400 + 150 + 300);
    expect(await readToc(recorder, 0)).toEqual(toc);
    expect(same(await onDisc(recorder, 100, 32), data.subarray(100 * SECTOR, 132 * SECTOR))).toBe(true);
    expect(await holds(recorder, start, second)).toBe(true);
  });

  it('by WriteMedia2, from where the stream begins', async () => {
    const { recorder, raw } = await preparedRaw();
    // The same as WriteMedia.
    expect(await raw.writeMedia2(image, 22_650)).toBe(HRESULT.S_OK);
    await raw.releaseMedia();
    expect(await readToc(recorder, 0)).toEqual(toc);
    const other = await preparedRaw();
    const begins = (lba: number) => from(image, (lba + 22_650) * RAW);
    await expect(other.raw.writeMedia2(begins(LEAD_IN + 1), 1 - LEAD_IN - 2)).rejects.toMatchObject({
      hresult: HRESULT.E_IMAPI_DF2RAW_STREAM_LEADIN_TOO_SHORT,
      refusedBeforeWriting: true,
    });
    expect(await other.raw.mediaPhysicallyBlank()).toBe(true);
    expect(await other.raw.writeMedia2(begins(LEAD_IN), -LEAD_IN)).toBe(HRESULT.S_OK);
    await other.raw.releaseMedia();
    expect(await readToc(other.recorder, 2)).toEqual(await readToc(recorder, 2));
    expect(await holds(other.recorder, 550, second)).toBe(true);
    expect(await other.raw.mediaPhysicallyBlank()).toBe(false);
  });

  it.each([
    [RawCdDataSectorType.PqOnly, 2368],
    [RawCdDataSectorType.IsCooked, 2448],
  ])('of sector type %i', async (type, block) => {
    const made = creator();
    made.resultingImageType = type;
    const stream = made.createResultImage();
    expect(stream.size % block).toBe(0);
    const { recorder, raw } = await rawWith('cd-rw');
    await raw.prepareMedia();
    await raw.setRequestedSectorType(type);
    expect(await raw.writeMedia(stream)).toBe(HRESULT.S_OK);
    await raw.releaseMedia();
    expect(await readToc(recorder, 0)).toEqual(toc);
    expect(await holds(recorder, 0, first)).toBe(true);
  });

  it('is one at a time, also from its own event', async () => {
    const { raw } = await preparedRaw();
    const inProgress = fails(HRESULT.E_IMAPI_DF2RAW_WRITE_IN_PROGRESS);
    let again: Promise<unknown> | undefined;
    raw.onUpdate(() => {
      again ??= raw.writeMedia(image).catch((thrown: unknown) => thrown);
    });
    const burning = raw.writeMedia(image);
    await expect(raw.writeMedia2(image, 22_650)).rejects.toEqual(inProgress);
    await expect(raw.releaseMedia()).rejects.toEqual(inProgress);
    await expect(raw.setRequestedSectorType(RawCdDataSectorType.PqOnly)).rejects.toEqual(inProgress);
    expect(() => (raw.bufferUnderrunFreeDisabled = true)).toThrow(inProgress);
    expect(() => (raw.recorder = null)).toThrow(inProgress);
    expect(await burning).toBe(HRESULT.S_OK);
    expect(await again).toEqual(inProgress);
    await raw.releaseMedia();
  });

  it('is stopped between two commands', async () => {
    const { recorder, raw } = await preparedRaw();
    let cancelled: Promise<void> | undefined;
    raw.onUpdate((args) => {
      if (args.currentAction === RawCdWriteAction.Writing && args.lastWrittenLba > LEAD_IN) cancelled ??= raw.cancelWrite();
    });
    await expect(raw.writeMedia(image)).rejects.toMatchObject({ hresult: HRESULT.E_IMAPI_REQUEST_CANCELLED, refusedBeforeWriting: false });
    expect(cancelled).toBeDefined();
    await cancelled;
    await expect(raw.cancelWrite()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_WRITE_NOT_IN_PROGRESS));
    // Still prepared, as IMAPI2 has it.
    expect(recorder.exclusiveAccessOwner).toBe('tests');
    await raw.releaseMedia();
    expect(recorder.exclusiveAccessOwner).toBe('');
  });

  it('fails with its stream, and says so', async () => {
    const { raw } = await preparedRaw();
    const broken = { size: image.size, read: () => Promise.reject(new Error('unplugged')) };
    await expect(raw.writeMedia(broken)).rejects.toMatchObject({ hresult: HRESULT.IMAPI_E_DATA_STREAM_READ_FAILURE, message: expect.stringContaining('unplugged') });
    await raw.releaseMedia();
    const track = { size: 300 * 2352, read: () => Promise.reject(new Error('scratched')) };
    const made = creatorOf(track).createResultImage();
    await expect(made.read(made.size - 6750 * RAW - RAW, RAW)).rejects.toMatchObject({ hresult: HRESULT.IMAPI_E_DATA_STREAM_READ_FAILURE, message: expect.stringContaining('scratched') });
  });
});

describe('the raw writer refuses', () => {
  it('what is not prepared', async () => {
    const { recorder } = await recorderWith('cd-r');
    const raw = new DiscFormat2RawCD();
    const notPrepared = fails(HRESULT.E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED);
    await expect(raw.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_NO_RECORDER_SPECIFIED));
    await expect(raw.supportedSectorTypes()).rejects.toEqual(fails(HRESULT.E_POINTER));
    raw.recorder = recorder;
    expect(raw.recorder?.activeDiscRecorder).toBe('sim');
    await expect(raw.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_CLIENT_NAME_IS_NOT_VALID));
    expect(() => (raw.clientName = 'a/b')).toThrow(fails(HRESULT.E_IMAPI_DF2RAW_CLIENT_NAME_IS_NOT_VALID));
    raw.clientName = 'tests';
    expect(() => raw.startOfNextSession).toThrow(notPrepared);
    expect(() => raw.lastPossibleStartOfLeadout).toThrow(notPrepared);
    expect(() => raw.requestedSectorType).toThrow(notPrepared);
    expect(() => (raw.bufferUnderrunFreeDisabled = true)).toThrow(notPrepared);
    await expect(raw.setRequestedSectorType(RawCdDataSectorType.IsRaw)).rejects.toEqual(notPrepared);
    await expect(raw.setRequestedSectorType(4 as never)).rejects.toEqual(fails(HRESULT.E_INVALIDARG));
    await expect(raw.supportedSectorTypes()).rejects.toEqual(notPrepared);
    await expect(raw.releaseMedia()).rejects.toEqual(notPrepared);
    await expect(raw.writeMedia(null)).rejects.toEqual(fails(HRESULT.E_POINTER));
    await expect(raw.writeMedia2(undefined, 22_650)).rejects.toEqual(fails(HRESULT.E_POINTER));
    await expect(raw.writeMedia(5 as never)).rejects.toEqual(fails(HRESULT.E_NOINTERFACE));
    await expect(raw.writeMedia(zeros(RAW))).rejects.toEqual(notPrepared);
    await expect(raw.cancelWrite()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_WRITE_NOT_IN_PROGRESS));
  });

  it('what is prepared already', async () => {
    const { recorder, raw } = await preparedRaw();
    const prepared = fails(HRESULT.E_IMAPI_DF2RAW_MEDIA_IS_PREPARED);
    await expect(raw.prepareMedia()).rejects.toEqual(prepared);
    expect(() => (raw.recorder = recorder)).toThrow(prepared);
    expect(() => (raw.clientName = 'another')).toThrow(prepared);
    // And nobody else can have the drive.
    const other = new DiscFormat2RawCD();
    other.recorder = recorder;
    other.clientName = 'other';
    await expect(other.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_LOCKED));
    await raw.releaseMedia();
    await expect(raw.releaseMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED));
  });

  it('streams that do not fit, with nothing written', async () => {
    const { raw } = await preparedRaw();
    const refused = (hresult: HRESULT) => expect.objectContaining({ hresult, refusedBeforeWriting: true });
    const notSupported = refused(HRESULT.E_IMAPI_DF2RAW_STREAM_NOT_SUPPORTED);
    await expect(raw.writeMedia(zeros(30_000 * RAW + 1))).rejects.toEqual(notSupported);
    await expect(raw.writeMedia(zeros(0))).rejects.toEqual(notSupported);
    await expect(raw.writeMedia(zeros(22_650 * RAW))).rejects.toEqual(notSupported);
    for (const leadIn of [0, -1, 30_001]) await expect(raw.writeMedia2(zeros(30_000 * RAW), leadIn)).rejects.toEqual(refused(HRESULT.E_INVALIDARG));
    await expect(raw.writeMedia2(zeros(30_000 * RAW), 11_633)).rejects.toEqual(refused(HRESULT.E_IMAPI_DF2RAW_STREAM_LEADIN_TOO_SHORT));
    await expect(raw.writeMedia(zeros(450_000 * RAW))).rejects.toEqual(refused(HRESULT.E_IMAPI_DF2RAW_NOT_ENOUGH_SPACE));
    expect(await raw.mediaPhysicallyBlank()).toBe(true);
    await raw.releaseMedia();
  });

  it('discs that it cannot write', async () => {
    const { sim, recorder, raw } = await rawWith('cd-r:recorded');
    await expect(raw.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_MEDIA_IS_NOT_BLANK));
    expect([await raw.isCurrentMediaSupported(recorder), await raw.mediaPhysicallyBlank(), await raw.mediaHeuristicallyBlank()]).toEqual([false, false, false]);
    expect(await raw.currentPhysicalMediaType()).toBe(MediaPhysicalType.CdR);
    sim.load('dvd-r');
    await expect(raw.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_MEDIA_IS_NOT_SUPPORTED));
    sim.load('none');
    await expect(raw.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    await expect(raw.isCurrentMediaSupported(recorder)).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    await expect(raw.isRecorderSupported(null)).rejects.toEqual(fails(HRESULT.E_POINTER));
    const base: DiscFormat2 = raw;
    expect(base.supportedMediaTypes).toEqual([MediaPhysicalType.CdR, MediaPhysicalType.CdRw]);
  });

  it('a disc that was written between preparing and writing', async () => {
    const { recorder, raw } = await preparedRaw();
    await raw.releaseMedia();
    const { writer } = await writerWith('cd-r');
    writer.recorder = recorder;
    await writer.write(noise(400));
    await expect(raw.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_MEDIA_IS_NOT_BLANK));
  });

  it('and takes speeds', async () => {
    const { raw } = await rawWith('cd-r');
    expect([raw.requestedWriteSpeed, raw.requestedRotationTypeIsPureCAV]).toEqual([-1, false]);
    const speeds = await raw.supportedWriteSpeeds();
    expect((await raw.supportedWriteSpeedDescriptors()).map((one) => one.writeSpeed)).toEqual(speeds);
    expect(await raw.setWriteSpeed(1, false)).toBe(HRESULT.S_IMAPI_SPEEDADJUSTED);
    expect([raw.requestedWriteSpeed, raw.requestedRotationTypeIsPureCAV]).toEqual([1, false]);
    expect(speeds).toContain(await raw.currentWriteSpeed());
    expect(typeof (await raw.currentRotationTypeIsPureCAV())).toBe('boolean');
    expect(await raw.prepareMedia()).toBe(HRESULT.S_IMAPI_SPEEDADJUSTED);
    await raw.releaseMedia();
    await expect(raw.setWriteSpeed(-2, false)).rejects.toEqual(fails(HRESULT.E_INVALIDARG));
    expect(await raw.setWriteSpeed(-1, false)).toBe(HRESULT.S_OK);
    raw.recorder = null;
    await expect(raw.setWriteSpeed(-1, false)).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_REQUIRED));
  });
});
