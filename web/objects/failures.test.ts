/// <reference types="node" />
import { describe, expect, it } from 'vitest';
import { chooseMultisession, DiscFormat2Erase, DiscMaster2, DiscRecorder2, Drive, HRESULT, MediaFormat, ModePageRequestType, ReadTrackAddressType, StreamConcatenate, StreamInterleave, StreamPseudoRandom, StreamZero, WriteEngine2 } from './dist/webburn';
import { fails, noise, onDisc, recorderWith, same, SECTOR, writerWith } from './support';

describe('streams', () => {
  it('concatenate, interleave, pseudo-random, zero', async () => {
    const [a, b] = [noise(3, 1), noise(6, 2)];
    const joined = new StreamConcatenate([a, new Blob([b])]);
    joined.append(new StreamZero(SECTOR));
    expect(joined.size).toBe(10 * SECTOR);
    expect(same(await joined.read(SECTOR * 2 + 5, SECTOR * 2), Buffer.concat([a, b]).subarray(SECTOR * 2 + 5, SECTOR * 4 + 5))).toBe(true);
    expect((await joined.read(10 * SECTOR, 5)).length).toBe(0);
    const woven = new StreamInterleave([a, b], [SECTOR, 2 * SECTOR]);
    const sector = (of: Uint8Array, at: number) => of.subarray(at * SECTOR, (at + 1) * SECTOR);
    expect(same(await woven.read(0, 4 * SECTOR), Buffer.concat([sector(a, 0), sector(b, 0), sector(b, 1), sector(a, 1)]))).toBe(true);
    const random = new StreamPseudoRandom(1, 4 * SECTOR);
    // The first state of the generator from seed 1 is 3C88596Ch; its bits 16 to 23 are the byte.
    expect((await random.read(0, 1))[0]).toBe(0x88);
    expect(same(await random.read(3000, 10), (await random.read(0, 4000)).subarray(3000, 3010))).toBe(true);
    expect(() => random.extendedSeed).toThrow(fails(HRESULT.E_NOTIMPL));
    expect(() => (random.extendedSeed = Uint32Array.of(1, 2))).toThrow(fails(HRESULT.E_NOTIMPL));
    const many = new StreamConcatenate([new StreamZero(SECTOR)]);
    // All or none.
    expect(() => many.append2([a, new Uint8Array(5)])).toThrow(fails(HRESULT.E_INVALIDARG));
    expect(many.size).toBe(SECTOR);
    many.append2([a, b]);
    expect(many.size).toBe(10 * SECTOR);
    expect(() => new StreamZero(5)).toThrow(fails(HRESULT.E_INVALIDARG));
    expect(() => new StreamConcatenate([])).toThrow(fails(HRESULT.E_INVALIDARG));
    const { recorder, writer } = await writerWith('dvd+rw');
    await writer.write(joined);
    expect(same(await onDisc(recorder, 0, 9), Buffer.concat([a, b]))).toBe(true);
  });

  it('that fail say so', async () => {
    const { writer } = await writerWith('dvd+rw');
    const broken = { size: 64 * SECTOR, read: () => Promise.reject(new Error('unplugged')) };
    await expect(writer.write(broken)).rejects.toMatchObject({ hresult: HRESULT.IMAPI_E_DATA_STREAM_READ_FAILURE, message: expect.stringContaining('unplugged') });
    const short = { size: 64 * SECTOR, read: async () => new Uint8Array(0) };
    await expect(writer.write(short)).rejects.toEqual(fails(HRESULT.IMAPI_E_DATA_STREAM_INCONSISTENCY));
    await expect(writer.write(new Uint8Array(5))).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED));
  });
});

describe('failures', () => {
  it('carry sense and command', async () => {
    const { recorder } = await recorderWith('cd-r');
    const failed: unknown = await recorder.getTrackInformation(77, ReadTrackAddressType.Track).catch((thrown: unknown) => thrown);
    expect(failed).toBeInstanceOf(Error);
    // ILLEGAL REQUEST, invalid field in the command block.
    expect(failed).toMatchObject({ name: 'ImapiError', command: expect.stringContaining('TRACK INFORMATION'), sense: expect.stringMatching(/^70..05.{18}2400/) });
  });

  it('carry the address', async () => {
    const { recorder, writer } = await writerWith('dvd+rw');
    await writer.write(noise(64));
    const engine = new WriteEngine2();
    engine.recorder = recorder;
    engine.bytesPerSector = SECTOR;
    await expect(engine.writeSection(noise(16), 0x7000_0000, 16)).rejects.toMatchObject({
      lba: 0x7000_0000,
      command: expect.stringContaining('WRITE'),
      sense: expect.stringMatching(/^70..05.{18}21/),
    });
  });

  it('are those of an empty and of a full drive', async () => {
    const { sim, writer } = await writerWith('none');
    await expect(writer.currentPhysicalMediaType()).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    sim.load('dvd-r');
    await expect(writer.write(new StreamZero(6_000_000_000 - (6_000_000_000 % SECTOR)))).rejects.toMatchObject({
      hresult: HRESULT.E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA,
      refusedBeforeWriting: true,
    });
    expect(() => sim.load('floppy')).toThrow(fails(HRESULT.E_INVALIDARG));
    expect(() => (writer.clientName = 'a/b')).toThrow(fails(HRESULT.E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID));
  });
});

describe.each([null, undefined])('%s where an object belongs', (nothing) => {
  it('is E_POINTER', async () => {
    const { recorder, writer } = await writerWith('dvd+rw');
    const pointer = fails(HRESULT.E_POINTER);
    expect(HRESULT.E_POINTER).toBe(0x80004003);
    await expect(writer.write(nothing)).rejects.toEqual(pointer);
    await expect(writer.isRecorderSupported(nothing)).rejects.toEqual(pointer);
    await expect(writer.isCurrentMediaSupported(nothing)).rejects.toEqual(pointer);
    await expect(DiscRecorder2.initializeDiscRecorder(nothing)).rejects.toEqual(pointer);
    expect(() => new DiscMaster2().add(nothing)).toThrow(pointer);
    expect(() => Drive.simulated('a', nothing)).toThrow(pointer);
    expect(() => Drive.usb('a', nothing as never)).toThrow(pointer);
    expect(() => Drive.bridge('a', nothing as never)).toThrow(pointer);
    await expect(recorder.sendCommandNoData(nothing, 1)).rejects.toEqual(pointer);
    await expect(recorder.setModePage(ModePageRequestType.CurrentValues, nothing)).rejects.toEqual(pointer);
    expect(() => new StreamConcatenate(nothing as never)).toThrow(pointer);
    expect(() => new StreamConcatenate([nothing as never])).toThrow(pointer);
    expect(() => new StreamConcatenate([new StreamZero(SECTOR)]).append(nothing)).toThrow(pointer);
    expect(() => new StreamConcatenate([new StreamZero(SECTOR)]).append2(nothing as never)).toThrow(pointer);
    await expect(chooseMultisession(nothing)).rejects.toEqual(pointer);
    await expect(recorder.sendDvdStructure(0, nothing)).rejects.toEqual(pointer);
    await expect(recorder.sendCommandSendDataToDevice(Uint8Array.of(0x55, 0x10, 0, 0, 0, 0, 0, 0, 8, 0), nothing, 1)).rejects.toEqual(pointer);
    await expect(recorder.sendCommandGetDataFromDevice(nothing, 36, 1)).rejects.toEqual(pointer);
    await expect(new DiscFormat2Erase().isRecorderSupported(nothing)).rejects.toEqual(pointer);
    await expect(new DiscFormat2Erase().currentPhysicalMediaType()).rejects.toEqual(pointer);
    const format = new MediaFormat();
    format.recorder = nothing;
    await expect(format.format()).rejects.toEqual(pointer);
    const engine = new WriteEngine2();
    engine.recorder = recorder;
    engine.bytesPerSector = SECTOR;
    await expect(engine.writeSection(nothing, 0, 1)).rejects.toEqual(pointer);
    const eraser = new DiscFormat2Erase();
    eraser.recorder = nothing;
    eraser.clientName = 'tests';
    await expect(eraser.eraseMedia()).rejects.toEqual(pointer);
    writer.recorder = nothing;
    await expect(writer.write(noise(1))).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_REQUIRED));
  });

  it('and a stranger is E_NOINTERFACE', async () => {
    const { writer } = await writerWith('dvd+rw');
    for (const stranger of [5, 'text', {}, { size: 2048 }, { size: -1, read: () => undefined }, new StreamZero(SECTOR).read]) {
      await expect(writer.write(stranger as never)).rejects.toEqual(fails(HRESULT.E_NOINTERFACE));
    }
    await expect(writer.isRecorderSupported(writer as never)).rejects.toEqual(fails(HRESULT.E_NOINTERFACE));
    await expect(writer.isRecorderSupported({} as never)).rejects.toEqual(fails(HRESULT.E_NOINTERFACE));
  });
});
