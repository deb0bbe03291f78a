/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BlockRange, BlockRangeList, BurnVerificationLevel, chooseMultisession, type DataEventArgs, DataWriteAction, type DiscFormat2, DiscFormat2Erase, DiscMaster2, DiscRecorder2, Drive, FeaturePageType, HRESULT, MediaFormat, MediaPhysicalType, MediaState, ModePageRequestType, ModePageType, MultisessionRandomWrite, MultisessionSequential, ProfileType, SimulatedDrive, StreamPseudoRandom, StreamZero, WriteEngine2 } from './dist/webburn';
import { DIST, fails, noise, onDisc, recorderWith, same, SECTOR, writerWith } from './support';

describe('burning', () => {
  it.each(['cd-r', 'dvd-r', 'dvd+r', 'dvd+rw', 'bd-r', 'bd-re'])('%s: written, verified, on the disc', async (medium) => {
    const { recorder, writer } = await writerWith(medium);
    writer.burnVerificationLevel = BurnVerificationLevel.Full;
    const image = noise(640);
    expect(await writer.write(image)).toBe(HRESULT.S_OK);
    expect(same(await onDisc(recorder, 0, 32), image.subarray(0, 32 * SECTOR))).toBe(true);
    expect(same(await onDisc(recorder, 608, 32), image.subarray(608 * SECTOR))).toBe(true);
    expect((await writer.currentMediaStatus()) & MediaState.Blank).toBe(0);
  });

  it('takes a File, a Blob, and an object that reads', async () => {
    const image = noise(64);
    const asked: [number, number][] = [];
    const mine = {
      size: image.length,
      async read(offset: number, length: number) {
        asked.push([offset, length]);
        // Less than asked for is allowed.
        return image.slice(offset, offset + Math.min(length, 30_000));
      },
    };
    for (const stream of [new File([image], 'a.iso'), new Blob([image]), mine]) {
      const { recorder, writer } = await writerWith('dvd+rw');
      expect(await writer.write(stream)).toBe(HRESULT.S_OK);
      expect(same(await onDisc(recorder, 0, 64), image)).toBe(true);
    }
    expect(asked.length).toBeGreaterThan(3);
  });

  it('tells elapsed, remaining, total and action', async () => {
    const { writer } = await writerWith('bd-re');
    writer.burnVerificationLevel = BurnVerificationLevel.Full;
    const told: DataEventArgs[] = [];
    writer.onUpdate((args) => told.push(args));
    await writer.write(new StreamPseudoRandom(3, 16 * 1024 * 1024));
    const actions = [...new Set(told.map((args) => args.currentAction))];
    expect(actions).toEqual(expect.arrayContaining([DataWriteAction.ValidatingMedia, DataWriteAction.WritingData, DataWriteAction.Finalization, DataWriteAction.Verifying]));
    expect(actions.at(-1)).toBe(DataWriteAction.Completed);
    const writing = told.filter((args) => args.currentAction === DataWriteAction.WritingData && args.lastWrittenLba > 0);
    expect(writing.length).toBeGreaterThan(0);
    for (const args of writing) {
      expect(args.elapsedTime).toBeGreaterThan(0);
      expect(args.sectorCount).toBe(8192);
      expect(args.totalSystemBuffer).toBe(args.usedSystemBuffer + args.freeSystemBuffer);
    }
    expect(writing.some((args) => args.totalTime !== null && args.remainingTime !== null && args.totalTime > args.remainingTime)).toBe(true);
    // Reading back counts its own time.
    const gone = told.slice(0, told.findIndex((args) => args.currentAction === DataWriteAction.Verifying)).map((args) => args.elapsedTime);
    expect(gone.length).toBeGreaterThan(5);
    expect(gone).toEqual(gone.toSorted((a, b) => a - b));
  });

  it('is stopped between two commands, and the disc can be appended to', async () => {
    const { writer } = await writerWith('bd-r');
    let cancelled: Promise<void> | undefined;
    writer.onUpdate((args) => {
      if (args.lastWrittenLba > 0) cancelled ??= writer.cancelWrite();
    });
    await expect(writer.write(new StreamZero(512 * 1024 * 1024))).rejects.toEqual(fails(HRESULT.E_IMAPI_REQUEST_CANCELLED));
    await cancelled;
    await expect(writer.cancelWrite()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2DATA_WRITE_NOT_IN_PROGRESS));
    writer.onUpdate(null);
    expect(await writer.write(noise(32))).toBe(HRESULT.S_OK);
  });

  it('is one at a time, and settings wait for its end', async () => {
    const { writer } = await writerWith('dvd+rw');
    const image = noise(64);
    const read = async (offset: number, length: number) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return image.slice(offset, offset + length);
    };
    const first = writer.write({ size: image.length, read });
    await expect(writer.write(noise(1))).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2DATA_WRITE_IN_PROGRESS));
    expect(() => (writer.forceOverwrite = true)).toThrow(fails(HRESULT.E_IMAPI_DF2DATA_WRITE_IN_PROGRESS));
    await first;
    writer.forceOverwrite = true;
    expect(writer.forceOverwrite).toBe(true);
  });

  it('appends a session and tells of the one before', async () => {
    const { writer } = await writerWith('cd-r');
    await writer.write(noise(400));
    const [sequential, random] = await writer.multisessionInterfaces();
    if (!(sequential instanceof MultisessionSequential) || !(random instanceof MultisessionRandomWrite)) throw new Error('other objects');
    expect(await sequential.isSupportedOnCurrentMediaState()).toBe(true);
    expect(await random.isSupportedOnCurrentMediaState()).toBe(false);
    expect(await sequential.isFirstDataSession()).toBe(false);
    expect(await sequential.startAddressOfPreviousSession()).toBe(0);
    expect(await sequential.nextWritableAddress()).toBe(await writer.nextWritableAddress());
    expect(sequential.importRecorder.activeDiscRecorder).toBe('sim');
    await expect(random.writeUnitSize()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2DATA_INVALID_MEDIA_STATE));
    const next = await writer.nextWritableAddress();
    expect(await writer.write(noise(400, 8))).toBe(HRESULT.S_OK);
    expect(await writer.startAddressOfPreviousSession()).toBe(next);
  });

  it('chooses the multisession object that fits', async () => {
    const { sim, writer } = await writerWith('cd-r:recorded');
    const all = await writer.multisessionInterfaces();
    const [sequential, random] = all;
    if (!(sequential instanceof MultisessionSequential) || !(random instanceof MultisessionRandomWrite)) throw new Error('other objects');
    expect(sequential.interfaceIds).toContain('27354150-7f64-5b0f-8f00-5d77afbe261e');
    expect(random.interfaceIds).toHaveLength(2);
    await expect(chooseMultisession(null)).rejects.toEqual(fails(HRESULT.E_POINTER));
    await expect(chooseMultisession([sequential, null as never])).rejects.toEqual(fails(HRESULT.E_POINTER));
    await expect(chooseMultisession([writer as never])).rejects.toEqual(fails(HRESULT.E_NOINTERFACE));
    sim.load('dvd+rw:recorded');
    expect(await chooseMultisession(all)).toBe(random);
    sequential.inUse = true;
    await expect(chooseMultisession(all)).rejects.toEqual(fails(HRESULT.IMAPI_E_INCOMPATIBLE_MULTISESSION_TYPE));
    sim.load('dvd+r');
    writer.disableConsumerDvdCompatibilityMode = true;
    await expect(chooseMultisession(all)).rejects.toEqual(fails(HRESULT.IMAPI_E_BAD_MULTISESSION_PARAMETER));
    await writer.write(noise(64));
    expect(await chooseMultisession(all)).toBe(sequential);
    // The objects are the caller's as before.
    expect([sequential.inUse, random.inUse]).toEqual([true, false]);
  });

  it('asks a stream for its ranges', async () => {
    const { recorder, writer } = await writerWith('dvd+rw');
    const image = noise(64);
    await writer.write(image);
    const other = noise(64, 99);
    const read = async (offset: number, length: number) => other.slice(offset, offset + length);
    await writer.write({ size: other.length, read, blockRanges: [{ startLba: 32, endLba: 47 }] });
    expect(same(await onDisc(recorder, 0, 32), image.subarray(0, 32 * SECTOR))).toBe(true);
    expect(same(await onDisc(recorder, 32, 16), other.subarray(32 * SECTOR, 48 * SECTOR))).toBe(true);
    await expect(writer.write({ size: other.length, read, blockRanges: 'all' as never })).rejects.toEqual(fails(HRESULT.E_NOINTERFACE));
  });

  it('says beforehand what it will do', async () => {
    const { sim, writer } = await writerWith('bd-r');
    const plan = await writer.plan(64 * SECTOR);
    expect(plan.steps.map((step) => step.code)).toContain('write');
    expect([plan.startAddress, plan.sectors, plan.closes]).toEqual([0, 64, false]);
    expect(plan.seconds).toBeGreaterThan(0);
    expect(plan.ifStopped.code.length).toBeGreaterThan(0);
    expect(await writer.mediaPhysicallyBlank()).toBe(true);
    await expect(writer.plan(-1)).rejects.toEqual(fails(HRESULT.E_INVALIDARG));
    sim.load('bd-rom');
    await expect(writer.plan(64 * SECTOR)).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED));
  });

  it('writes only the ranges asked for', async () => {
    const { recorder, writer } = await writerWith('dvd+rw');
    const image = noise(64);
    await writer.write(image);
    const other = noise(64, 99);
    writer.blockRanges = new BlockRangeList([new BlockRange(16, 31)]);
    expect(writer.blockRanges?.blockRanges.map((range) => [range.startLba, range.endLba])).toEqual([[16, 31]]);
    await writer.write(other);
    expect(same(await onDisc(recorder, 0, 16), image.subarray(0, 16 * SECTOR))).toBe(true);
    expect(same(await onDisc(recorder, 16, 16), other.subarray(16 * SECTOR, 32 * SECTOR))).toBe(true);
  });
});

describe('properties', () => {
  it('of a blank BD-R', async () => {
    const { recorder, writer } = await writerWith('bd-r');
    expect(await writer.currentPhysicalMediaType()).toBe(MediaPhysicalType.BdR);
    expect((await writer.currentMediaStatus()) & MediaState.Blank).toBe(MediaState.Blank);
    expect(await writer.mediaPhysicallyBlank()).toBe(true);
    expect(await writer.totalSectorsOnMedia()).toBe(12_219_392);
    expect(await writer.nextWritableAddress()).toBe(0);
    expect(await writer.startAddressOfPreviousSession()).toBe(-1);
    expect(await writer.isRecorderSupported(recorder)).toBe(true);
    expect(await writer.isCurrentMediaSupported(recorder)).toBe(true);
    expect(writer.supportedMediaTypes).toContain(MediaPhysicalType.BdRe);
    const speeds = await writer.supportedWriteSpeedDescriptors();
    expect(speeds.map((speed) => speed.writeSpeed)).toEqual(await writer.supportedWriteSpeeds());
    expect(speeds[0]?.mediaType).toBe(MediaPhysicalType.BdR);
    expect(await writer.setWriteSpeed(1, false)).toBe(HRESULT.S_IMAPI_SPEEDADJUSTED);
    expect([writer.requestedWriteSpeed, writer.requestedRotationTypeIsPureCAV]).toEqual([1, false]);
  });

  it('of the recorder and its extension', async () => {
    const { recorder } = await recorderWith('bd-re');
    expect(recorder.activeDiscRecorder).toBe('sim');
    expect(recorder.vendorId.length).toBeGreaterThan(0);
    expect(await recorder.deviceCanLoadMedia()).toBe(true);
    expect(await recorder.getSupportedProfiles(true)).toContain(ProfileType.BdRewritable);
    expect(await recorder.getSupportedFeaturePages(false)).toContain(FeaturePageType.Core);
    const core = await recorder.getFeaturePage(FeaturePageType.Core, true);
    expect([core[0], core[1]]).toEqual([0, 1]);
    const page = await recorder.getModePage(ModePageType.ReadWriteErrorRecovery, ModePageRequestType.CurrentValues);
    expect((page[0] ?? 0) & 0x3f).toBe(1);
    expect(await recorder.getSupportedModePages(ModePageRequestType.CurrentValues)).toContain(ModePageType.LegacyCapabilities);
    expect((await recorder.getDiscInformation()).length).toBeGreaterThanOrEqual(34);
    expect(await recorder.getMaximumPageAlignedTransferSize()).toBe(65_536);
    expect(await recorder.getMaximumNonPageAlignedTransferSize()).toBe(65_536);
    expect(await recorder.getByteAlignmentMask()).toBe(0);
    const word = (bytes: Uint8Array, at: number) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
    const adapter = await recorder.getAdapterDescriptor();
    expect([adapter.length, word(adapter, 4), word(adapter, 8)]).toEqual([32, 32, 65_536]);
    const device = await recorder.getDeviceDescriptor();
    expect([word(device, 4), device[8], device[10]]).toEqual([device.length, 5, 1]);
    const text = (at: number) => Buffer.from(device.subarray(at, device.indexOf(0, at))).toString('latin1');
    expect([text(word(device, 12)), text(word(device, 16)), text(word(device, 20))]).toEqual([recorder.vendorId, recorder.productId, recorder.productRevision]);
    await recorder.acquireExclusiveAccess(false, 'one');
    expect(recorder.exclusiveAccessOwner).toBe('one');
    await expect(recorder.acquireExclusiveAccess(true, 'two')).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_LOCKED));
    await recorder.releaseExclusiveAccess();
    await expect(recorder.releaseExclusiveAccess()).rejects.toEqual(fails(HRESULT.E_FAIL));
  });

  it('of a recorder whose disc is mounted: access takes force', async () => {
    const { recorder } = await recorderWith('dvd+rw:recorded');
    expect(recorder.volumePathNames).toEqual([]);
    recorder.volumePathNames = ['/media/disc'];
    expect(recorder.volumePathNames).toEqual(['/media/disc']);
    await expect(recorder.acquireExclusiveAccess(false, 'one')).rejects.toEqual(fails(HRESULT.E_ACCESSDENIED));
    await recorder.acquireExclusiveAccess(true, 'one');
    // Who holds it may take it again, forced or not.
    await recorder.acquireExclusiveAccess(false, 'one');
    await recorder.releaseExclusiveAccess();
    await recorder.releaseExclusiveAccess();
    expect(recorder.exclusiveAccessOwner).toBe('');
    await expect(recorder.acquireExclusiveAccess(true, '')).rejects.toEqual(fails(HRESULT.E_INVALIDARG));
    await recorder.disableMcn();
    expect(recorder.mcnEnabled).toBe(false);
    await recorder.enableMcn();
    expect(recorder.mcnEnabled).toBe(true);
  });

  it('held to the documentation alone', async () => {
    const { writer } = await writerWith('cd-r');
    await writer.write(noise(400));
    // 150 sectors of postgap are behind it.
    expect(await writer.lastWrittenAddressOfPreviousSession()).toBe(549);
    writer.strict = true;
    expect(writer.strict).toBe(true);
    await expect(writer.lastWrittenAddressOfPreviousSession()).rejects.toEqual(fails(HRESULT.E_NOTIMPL));
    const [sequential] = await writer.multisessionInterfaces();
    if (!(sequential instanceof MultisessionSequential)) throw new Error('another object');
    await expect(sequential.lastWrittenAddressOfPreviousSession()).rejects.toEqual(fails(HRESULT.E_NOTIMPL));
  });

  it('of enumerations are their numbers', () => {
    expect([MediaPhysicalType.BdR, MediaState.Finalized, BurnVerificationLevel.Full, HRESULT.E_POINTER]).toEqual([18, 0x4000, 2, 0x80004003]);
    expect(HRESULT.E_IMAPI_RECORDER_MEDIA_NO_MEDIA).toBe(0xc0aa0202);
  });
});

describe('the list of drives', () => {
  it('knows who comes and goes', async () => {
    const master = new DiscMaster2();
    const told: string[] = [];
    master.onNotifyDeviceAdded((id) => told.push(`+${id}`));
    master.onNotifyDeviceRemoved((id) => told.push(`-${id}`));
    expect(await master.isSupportedEnvironment()).toBe(false);
    master.add(Drive.simulated('a', new SimulatedDrive('none')));
    master.add(Drive.simulated('b', new SimulatedDrive('bd-r')));
    expect([master.count, master.item(1), master.ids()]).toEqual([2, 'b', ['a', 'b']]);
    expect(await master.isSupportedEnvironment()).toBe(true);
    const recorder = await DiscRecorder2.initializeDiscRecorder(master.drive('b'));
    expect(recorder.activeDiscRecorder).toBe('b');
    master.remove('a');
    expect(() => master.item(1)).toThrow(fails(HRESULT.E_INVALIDARG));
    expect(() => master.drive('a')).toThrow(fails(HRESULT.E_INVALIDARG));
    expect(told).toEqual(['+a', '+b', '-a']);
  });
});

describe('erasing and the write engine', () => {
  it('erases a CD-RW', async () => {
    const { recorder, writer } = await writerWith('cd-rw');
    await writer.write(noise(400));
    const eraser = new DiscFormat2Erase();
    eraser.recorder = recorder;
    await expect(eraser.eraseMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID));
    eraser.clientName = 'tests';
    expect(() => (eraser.recorder = recorder)).toThrow(fails(HRESULT.E_IMAPI_ERASE_ONLY_ONE_RECORDER_SUPPORTED));
    const told: DataEventArgs[] = [];
    eraser.onUpdate((args) => told.push(args));
    await eraser.eraseMedia();
    expect(told.length).toBeGreaterThan(0);
    expect(await writer.mediaPhysicallyBlank()).toBe(true);
    expect([eraser.recorder?.activeDiscRecorder, eraser.fullErase]).toEqual(['sim', false]);
  });

  it('says what it would erase, and of what', async () => {
    const { sim, recorder } = await recorderWith('dvd-rw:recorded');
    const eraser = new DiscFormat2Erase();
    await expect(eraser.mediaPhysicallyBlank()).rejects.toEqual(fails(HRESULT.E_POINTER));
    eraser.recorder = recorder;
    expect([await eraser.isRecorderSupported(recorder), await eraser.isCurrentMediaSupported(recorder)]).toEqual([true, true]);
    expect(await eraser.currentPhysicalMediaType()).toBe(MediaPhysicalType.DvdDashRw);
    expect([await eraser.mediaPhysicallyBlank(), await eraser.mediaHeuristicallyBlank()]).toEqual([false, false]);
    const quick = await eraser.plan();
    eraser.fullErase = true;
    const full = await eraser.plan();
    expect(full.seconds).toBeGreaterThan(quick.seconds);
    // Nothing runs: stopping it is no failure.
    await eraser.cancelErase();
    const base: DiscFormat2 = eraser;
    expect(base.supportedMediaTypes).toContain(MediaPhysicalType.CdRw);
    sim.load('none');
    await expect(eraser.isCurrentMediaSupported(recorder)).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    sim.load('dvd-r:recorded');
    expect(await eraser.isCurrentMediaSupported(recorder)).toBe(false);
    await expect(eraser.isRecorderSupported(null)).rejects.toEqual(fails(HRESULT.E_POINTER));
    await expect(eraser.isCurrentMediaSupported(undefined)).rejects.toEqual(fails(HRESULT.E_POINTER));
  });

  it('formats a DVD-RW for overwriting, and a BD-R with spare areas', async () => {
    const { sim, recorder, writer } = await writerWith('dvd-rw');
    const format = new MediaFormat();
    await expect(format.format()).rejects.toEqual(fails(HRESULT.E_POINTER));
    format.recorder = recorder;
    await expect(format.format()).rejects.toEqual(fails(HRESULT.E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID));
    format.clientName = 'tests';
    expect([format.goal, format.spare, format.full, format.clientName]).toEqual(['usual', 'usual', false, 'tests']);
    format.goal = 'restricted';
    const told: DataEventArgs[] = [];
    format.onUpdate((args) => told.push(args));
    expect((await format.plan()).steps.length).toBeGreaterThan(0);
    await format.format();
    expect(told.length).toBeGreaterThan(0);
    expect(await recorder.getSupportedProfiles(true)).toContain(ProfileType.DvdDashRewritable);
    expect(await writer.write(noise(64))).toBe(HRESULT.S_OK);
    sim.load('bd-r');
    const before = await writer.totalSectorsOnMedia();
    format.goal = 'spare';
    format.spare = 'least';
    await format.format();
    expect(await writer.totalSectorsOnMedia()).toBeLessThan(before);
    format.spare = 64;
    expect(format.spare).toBe(64);
    for (const wrong of [-1, 1.5, 'much']) expect(() => (format.spare = wrong as never)).toThrow(fails(HRESULT.E_INVALIDARG));
    expect(() => (format.goal = 'anything' as never)).toThrow(fails(HRESULT.E_INVALIDARG));
    await format.cancel();
    sim.load('cd-r');
    await expect(format.format()).rejects.toEqual(fails(HRESULT.E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED));
  });

  it('says what cannot be erased', async () => {
    const { recorder } = await recorderWith('dvd-r:recorded');
    const eraser = new DiscFormat2Erase();
    eraser.recorder = recorder;
    eraser.clientName = 'tests';
    await expect(eraser.eraseMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED));
  });

  it('writes a section to its address', async () => {
    const { recorder, writer } = await writerWith('dvd+rw');
    await writer.write(noise(64));
    const engine = new WriteEngine2();
    await expect(engine.writeSection(noise(16), 16, 16)).rejects.toEqual(fails(HRESULT.E_POINTER));
    engine.recorder = recorder;
    engine.bytesPerSector = SECTOR;
    const part = noise(16, 3);
    expect(await engine.writeSection(part, 16, 16)).toBe(HRESULT.S_OK);
    expect(same(await onDisc(recorder, 16, 16), part)).toBe(true);
    expect([engine.writeInProgress, await engine.cancelWrite()]).toEqual([false, HRESULT.S_IMAPI_WRITE_NOT_IN_PROGRESS]);
    expect(() => (engine.bytesPerSector = 0)).toThrow(fails(HRESULT.E_INVALIDARG));
  });
});

describe('the types', () => {
  it('name every object', () => {
    const text = readFileSync(join(DIST, 'webburn.d.ts'), 'utf8');
    const objects = ['DiscMaster2', 'DiscRecorder2', 'DiscFormat2Data', 'DiscFormat2Erase', 'DiscFormat2RawCD', 'DiscFormat2TrackAtOnce', 'SessionAtOnce', 'RawCDImageCreator', 'RawCDImageTrackInfo', 'ResultStream', 'MediaFormat', 'WriteEngine2', 'WriteSpeedDescriptor', 'MultisessionSequential', 'MultisessionRandomWrite', 'BlockRange', 'BlockRangeList', 'StreamConcatenate', 'StreamInterleave', 'StreamPseudoRandom', 'StreamZero', 'Drive', 'SimulatedDrive', 'CommandOutcome'];
    for (const name of objects) expect(text).toMatch(new RegExp(`export class ${name} `));
    for (const name of ['DiscFormat2', 'BurnVerification', 'Multisession', 'ImapiError', 'ByteStream', 'WriteEventArgs', 'DataEventArgs', 'TrackAtOnceEventArgs', 'RawCDEventArgs', 'AudioTrack', 'CdText', 'Session', 'SessionReport', 'DiscContents', 'UsbPipe', 'FrameChannel']) expect(text).toMatch(new RegExp(`export interface ${name} `));
    for (const name of ['HRESULT', 'MediaPhysicalType', 'MediaState', 'WriteProtectState', 'DataWriteAction', 'TaoWriteAction', 'RawCdWriteAction', 'RawCdDataSectorType', 'CdSectorType', 'DigitalCopySetting', 'BurnVerificationLevel', 'ReadTrackAddressType', 'ModePageRequestType', 'ModePageType', 'FeaturePageType', 'ProfileType']) expect(text).toMatch(new RegExp(`export enum ${name} `));
    // No method leaves its promise or its argument without a type. What follows is the module as wasm sees it.
    expect(text.slice(0, text.indexOf('interface InitOutput'))).not.toMatch(/: any\b|Promise<any>|__share/);
  });
});
