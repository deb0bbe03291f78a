/// <reference types="node" />
import { describe, expect, it } from 'vitest';
import { type AudioTrack, BurnVerificationLevel, type BurnVerification, type DiscFormat2, DiscFormat2Data, DiscFormat2TrackAtOnce, HRESULT, MediaPhysicalType, TaoWriteAction, type TrackAtOnceEventArgs } from './dist/webburn';
import { AUDIO, holds, readToc, samples, slow, zeros } from './cd-support';
import { fails, noise, recorderWith } from './support';

async function taoWith(medium: string) {
  const made = await recorderWith(medium);
  const tao = new DiscFormat2TrackAtOnce();
  tao.recorder = made.recorder;
  tao.clientName = 'tests';
  return { ...made, tao };
}

/** Points of READ TOC format 2 and what they say. */
const points = (entries: Uint8Array[]) => entries.map((entry) => [entry[3], ...entry.subarray(8, 11)]);
const full = (toc: Uint8Array) => Array.from({ length: (toc.length - 4) / 11 }, (_, at) => toc.subarray(4 + 11 * at, 15 + 11 * at));

describe('track at once', () => {
  const [first, second] = [samples(400, 1), samples(100, 2)];

  it('makes an audio disc of two tracks', async () => {
    const { recorder, tao } = await taoWith('cd-r');
    tao.burnVerificationLevel = BurnVerificationLevel.Quick;
    expect(tao.numberOfExistingTracks).toBe(0);
    const total = await tao.totalSectorsOnMedia();
    expect(await tao.prepareMedia()).toBe(HRESULT.S_OK);
    expect(recorder.exclusiveAccessOwner).toBe('tests');
    expect(() => tao.expectedTableOfContents).toThrow(fails(HRESULT.E_IMAPI_DF2TAO_TABLE_OF_CONTENTS_EMPTY_DISC));
    const free = tao.freeSectorsOnMedia;
    expect([tao.usedSectorsOnMedia, await tao.totalSectorsOnMedia()]).toEqual([0, total]);
    const told: TrackAtOnceEventArgs[] = [];
    tao.onUpdate((args) => told.push(args));
    expect(await tao.addAudioTrack(first)).toBe(HRESULT.S_OK);
    expect(told.every((args) => args.currentTrackNumber === 1)).toBe(true);
    const actions = [TaoWriteAction.Preparing, TaoWriteAction.Writing, TaoWriteAction.Finishing, TaoWriteAction.Verifying];
    expect([...new Set(told.map((args) => args.currentAction))]).toEqual(actions);
    told.length = 0;
    // Too short: filled up with silence to four seconds.
    expect(await tao.addAudioTrack(new Blob([second]))).toBe(HRESULT.S_OK);
    expect(told.length).toBeGreaterThan(3);
    expect(told.every((args) => args.currentTrackNumber === 2)).toBe(true);
    const tracks: AudioTrack[] = tao.tracks;
    expect(tracks).toEqual([
      { number: 1, start: 0, sectors: 400 },
      { number: 2, start: 552, sectors: 300 },
    ]);
    expect([tao.numberOfExistingTracks, tao.usedSectorsOnMedia, tao.freeSectorsOnMedia]).toEqual([2, 1004, free - 1004]);
    const expected = tao.expectedTableOfContents;
    expect(() => (tao.doNotFinalizeMedia = true)).toThrow(fails(HRESULT.E_IMAPI_DF2TAO_PROPERTY_FOR_BLANK_MEDIA_ONLY));
    await tao.releaseMedia();
    expect([recorder.exclusiveAccessOwner, tao.numberOfExistingTracks]).toEqual(['', 0]);

    // The disc says what was expected, and holds what was sent.
    expect(points(expected)).toEqual([
      [0xa0, 1, 0, 0],
      [0xa1, 2, 0, 0],
      [0xa2, 0, 13, 29],
      [1, 0, 2, 0],
      [2, 0, 9, 27],
    ]);
    const written = points(full(await readToc(recorder, 2)));
    expect(written).toEqual(expect.arrayContaining(points(expected)));
    expect(await holds(recorder, 0, first)).toBe(true);
    expect(await holds(recorder, 552, second)).toBe(true);
    expect(await holds(recorder, 652, new Uint8Array(200 * AUDIO))).toBe(true);
    expect((await recorder.discContents()).sessions).toMatchObject([{ number: 1, tracks: [{ start: 0 }, { start: 552 }] }]);
    await expect(tao.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2TAO_MEDIA_IS_NOT_BLANK));
  });

  it('leaves the disc open where it is asked to', async () => {
    const { recorder, tao } = await taoWith('cd-r');
    tao.doNotFinalizeMedia = true;
    expect(tao.doNotFinalizeMedia).toBe(true);
    await tao.prepareMedia();
    await tao.addAudioTrack(first);
    await tao.releaseMedia();
    const data = new DiscFormat2Data();
    data.recorder = recorder;
    data.clientName = 'tests';
    expect(await data.write(noise(400))).toBe(HRESULT.S_OK);
    expect((await recorder.discContents()).sessions.map((session) => session.tracks.map((track) => track.control & 4))).toEqual([[0], [4]]);
  });

  it('without a track leaves the disc blank; so does a test', async () => {
    const { recorder, tao } = await taoWith('cd-rw');
    await tao.prepareMedia();
    await tao.releaseMedia();
    expect(await tao.mediaPhysicallyBlank()).toBe(true);
    tao.testWrite = true;
    expect(tao.testWrite).toBe(true);
    await tao.prepareMedia();
    expect(() => (tao.testWrite = false)).toThrow(fails(HRESULT.E_IMAPI_DF2TAO_MEDIA_IS_PREPARED));
    expect(await tao.addAudioTrack(first)).toBe(HRESULT.S_OK);
    await tao.releaseMedia();
    expect([await tao.mediaPhysicallyBlank(), await tao.isCurrentMediaSupported(recorder)]).toEqual([true, true]);
  });

  it('is one at a time', async () => {
    const { tao } = await taoWith('cd-r');
    const inProgress = fails(HRESULT.E_IMAPI_DF2TAO_WRITE_IN_PROGRESS);
    await tao.prepareMedia();
    const burning = tao.addAudioTrack(slow(first));
    await expect(tao.addAudioTrack(second)).rejects.toEqual(inProgress);
    await expect(tao.releaseMedia()).rejects.toEqual(inProgress);
    expect(() => tao.expectedTableOfContents).toThrow(inProgress);
    expect(() => (tao.clientName = 'another')).toThrow(inProgress);
    expect(() => (tao.doNotFinalizeMedia = true)).toThrow(inProgress);
    expect(() => (tao.burnVerificationLevel = BurnVerificationLevel.None)).toThrow(inProgress);
    expect(tao.numberOfExistingTracks).toBe(0);
    expect(await burning).toBe(HRESULT.S_OK);
    await tao.releaseMedia();
  });

  it('is stopped between two commands; the track stays, shorter', async () => {
    const { recorder, tao } = await taoWith('cd-r');
    // Long enough to be told of before its end: the same four thousand sectors over and over.
    const part = samples(4000, 5);
    const read = async (offset: number, length: number) => part.subarray(offset % part.length, (offset % part.length) + length);
    await tao.prepareMedia();
    let cancelled: Promise<void> | undefined;
    tao.onUpdate((args) => {
      if (args.currentAction === TaoWriteAction.Writing && args.lastWrittenLba > 0) cancelled ??= tao.cancelAddTrack();
    });
    await expect(tao.addAudioTrack({ size: 50 * part.length, read })).rejects.toMatchObject({ hresult: HRESULT.E_IMAPI_REQUEST_CANCELLED, refusedBeforeWriting: false });
    await cancelled;
    await expect(tao.cancelAddTrack()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2TAO_WRITE_NOT_IN_PROGRESS));
    const [track] = tao.tracks;
    expect(track?.sectors).toBeGreaterThanOrEqual(300);
    expect(track?.sectors).toBeLessThan(200_000);
    await tao.releaseMedia();
    expect(await holds(recorder, 0, part.subarray(0, 300 * AUDIO))).toBe(true);
  });
});

describe('track at once refuses', () => {
  it('what is not prepared', async () => {
    const { recorder } = await recorderWith('cd-r');
    const tao = new DiscFormat2TrackAtOnce();
    const notPrepared = fails(HRESULT.E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED);
    await expect(tao.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2TAO_NO_RECORDER_SPECIFIED));
    tao.recorder = recorder;
    expect(tao.recorder?.activeDiscRecorder).toBe('sim');
    await expect(tao.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2TAO_CLIENT_NAME_IS_NOT_VALID));
    expect(() => (tao.clientName = '')).toThrow(fails(HRESULT.E_IMAPI_DF2TAO_CLIENT_NAME_IS_NOT_VALID));
    tao.clientName = 'tests';
    expect(() => tao.freeSectorsOnMedia).toThrow(notPrepared);
    expect(() => tao.usedSectorsOnMedia).toThrow(notPrepared);
    expect(() => tao.expectedTableOfContents).toThrow(notPrepared);
    expect(() => tao.tracks).toThrow(notPrepared);
    expect(() => (tao.bufferUnderrunFreeDisabled = true)).toThrow(notPrepared);
    await expect(tao.releaseMedia()).rejects.toEqual(notPrepared);
    await expect(tao.addAudioTrack(zeros(300 * AUDIO))).rejects.toEqual(notPrepared);
    await expect(tao.addAudioTrack(null)).rejects.toEqual(fails(HRESULT.E_POINTER));
    await expect(tao.addAudioTrack({} as never)).rejects.toEqual(fails(HRESULT.E_NOINTERFACE));
    await expect(tao.cancelAddTrack()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2TAO_WRITE_NOT_IN_PROGRESS));
    const verification: BurnVerification = tao;
    expect(() => (verification.burnVerificationLevel = BurnVerificationLevel.Full)).toThrow(fails(HRESULT.E_NOTIMPL));
    expect(() => (verification.burnVerificationLevel = 7 as never)).toThrow(fails(HRESULT.E_INVALIDARG));
    expect(verification.burnVerificationLevel).toBe(BurnVerificationLevel.None);
  });

  it('what is prepared already', async () => {
    const { recorder, tao } = await taoWith('cd-r');
    const prepared = fails(HRESULT.E_IMAPI_DF2TAO_MEDIA_IS_PREPARED);
    await tao.prepareMedia();
    await expect(tao.prepareMedia()).rejects.toEqual(prepared);
    expect(() => (tao.recorder = recorder)).toThrow(prepared);
    expect(() => (tao.clientName = 'another')).toThrow(prepared);
    expect(() => (tao.doNotFinalizeMedia = true)).toThrow(prepared);
    expect(() => (tao.burnVerificationLevel = BurnVerificationLevel.Quick)).toThrow(prepared);
    tao.bufferUnderrunFreeDisabled = true;
    expect(tao.bufferUnderrunFreeDisabled).toBe(true);
    await tao.releaseMedia();
  });

  it('streams that do not fit, with nothing written', async () => {
    const { tao } = await taoWith('cd-r');
    await tao.prepareMedia();
    const refused = (hresult: HRESULT) => expect.objectContaining({ hresult, refusedBeforeWriting: true });
    for (const size of [0, 2048, 300 * AUDIO + 4]) await expect(tao.addAudioTrack(zeros(size))).rejects.toEqual(refused(HRESULT.E_IMAPI_DF2TAO_STREAM_NOT_SUPPORTED));
    await expect(tao.addAudioTrack(zeros((tao.freeSectorsOnMedia + 1) * AUDIO))).rejects.toEqual(refused(HRESULT.E_IMAPI_DF2TAO_NOT_ENOUGH_SPACE));
    await tao.releaseMedia();
    expect(await tao.mediaPhysicallyBlank()).toBe(true);
  });

  it('discs that it cannot write', async () => {
    const { sim, recorder, tao } = await taoWith('cd-r:recorded');
    await expect(tao.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2TAO_MEDIA_IS_NOT_BLANK));
    expect([await tao.isRecorderSupported(recorder), await tao.isCurrentMediaSupported(recorder)]).toEqual([true, false]);
    sim.load('bd-r');
    await expect(tao.prepareMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2TAO_MEDIA_IS_NOT_SUPPORTED));
    sim.load('none');
    await expect(tao.totalSectorsOnMedia()).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    const base: DiscFormat2 = tao;
    expect(base.supportedMediaTypes).toEqual([MediaPhysicalType.CdR, MediaPhysicalType.CdRw]);
    expect(await tao.setWriteSpeed(-1, false)).toBe(HRESULT.S_OK);
  });
});
