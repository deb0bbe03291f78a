/// <reference types="node" />
import { describe, expect, it } from 'vitest';
import { BurnVerificationLevel, type BurnVerification, CdSectorType, type DataEventArgs, DataWriteAction, HRESULT, RawCDImageCreator, type Session, SessionAtOnce, type SessionReport } from './dist/webburn';
import { creatorOf, holds, readCd, readToc, samples, zeros } from './cd-support';
import { fails, noise, recorderWith, same, SECTOR } from './support';

const TEXT = { title: 'Ein Album', performer: 'Jemand', discId: 'WB 1', tracks: [{ title: 'Über den Wolken', performer: 'Jemand' }, { title: 'Zwei' }] };

async function saoWith(medium: string) {
  const made = await recorderWith(medium);
  const sao = new SessionAtOnce();
  sao.recorder = made.recorder;
  sao.clientName = 'tests';
  return { ...made, sao };
}

function twoTracks(): Session {
  const creator = creatorOf(samples(400, 1), samples(350, 2));
  creator.cdText = TEXT;
  creator.mediaCatalogNumber = '4006381333931';
  creator.trackInfo(2).ISRC = 'DEZZZ2600001';
  creator.trackInfo(1).addTrackIndex(200);
  return creator.createSession();
}

/** The same session so many sectors further on. */
function later(session: Session, by: number): Session {
  const cueSheet = session.cueSheet.slice();
  for (let at = 8; at < cueSheet.length; at += 8) {
    const line = cueSheet.subarray(at, at + 8);
    if ((line[0]! & 15) !== 1) continue;
    const frames = (line[5]! * 60 + line[6]!) * 75 + line[7]! + by;
    line.set([Math.floor(frames / 4500), Math.floor(frames / 75) % 60, frames % 75], 5);
  }
  return { ...session, cueSheet };
}

describe('session at once', () => {
  it('with CD-Text, read back', async () => {
    const { recorder, sao } = await saoWith('cd-r');
    sao.burnVerificationLevel = BurnVerificationLevel.Full;
    const session = twoTracks();
    expect([session.bytesPerSector, session.sessionFormat]).toEqual([2352, 0]);
    const plan = await sao.plan(session);
    expect(plan.steps.map((step) => step.code)).toEqual(expect.arrayContaining(['cue-sheet', 'write', 'verify']));
    expect(plan.closes).toBe(true);
    const told: DataEventArgs[] = [];
    sao.onUpdate((args) => told.push(args));
    const report: SessionReport = await sao.write(session);
    expect(report).toMatchObject({ hresult: HRESULT.S_OK, outcome: 'verified', closed: true });
    expect(report.tracks).toMatchObject([
      { number: 1, audio: true, compared: 'equal', lba: null, different: 0 },
      { number: 2, audio: true, compared: 'equal', lba: null, different: 0 },
    ]);
    const actions = [...new Set(told.map((args) => args.currentAction))];
    expect(actions).toEqual(expect.arrayContaining([DataWriteAction.WritingData, DataWriteAction.Finalization, DataWriteAction.Verifying]));
    expect(actions.at(-1)).toBe(DataWriteAction.Completed);

    expect(await holds(recorder, 0, samples(400, 1))).toBe(true);
    expect(await holds(recorder, 550, samples(350, 2))).toBe(true);
    const text = await readToc(recorder, 5);
    expect(same(text.subarray(4), session.cdText!)).toBe(true);
    const contents = await recorder.discContents();
    expect(contents.mediaCatalogNumber).toBe('4006381333931');
    expect(contents.sessions[0]?.tracks.map((track) => [track.start, track.isrc])).toEqual([
      [0, null],
      [550, 'DEZZZ2600001'],
    ]);
    expect(same(contents.cdText, session.cdText!)).toBe(true);
    // The packs read back are what they were made of.
    const again = new RawCDImageCreator();
    again.cdText = contents.cdText;
    expect(again.cdText).toEqual(TEXT);
    // Index 2 begins 200 sectors behind the start of track 1.
    const q = async (lba: number) => (await readCd(recorder, lba, 1, true)).subarray(2352);
    expect([(await q(190))[2], (await q(210))[2]]).toEqual([1, 2]);
    await expect(sao.write(twoTracks())).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_MEDIA_IS_NOT_BLANK));
  });

  it('mixed: data and audio, from a sheet given as bytes', async () => {
    const creator = new RawCDImageCreator();
    creator.dataTracksAllowed = true;
    const data = noise(400, 3);
    creator.addTrack(CdSectorType.Mode1, data);
    creator.addTrack(CdSectorType.Audio, samples(300, 4));
    const made = creator.createSession();
    // Nothing but bytes, as a program of its own would have them.
    const whole = Buffer.alloc((made.stream as { size: number }).size);
    const stream = made.stream as { size: number; read(offset: number, length: number): Promise<Uint8Array> };
    for (let at = 0; at < whole.length; at += 235_200) whole.set(await stream.read(at, 235_200), at);
    const { recorder, sao } = await saoWith('cd-rw');
    sao.burnVerificationLevel = BurnVerificationLevel.Full;
    const report = await sao.write({ cueSheet: made.cueSheet, stream: new Uint8Array(whole) });
    expect(report).toMatchObject({ outcome: 'verified', tracks: [{ audio: false }, { audio: true }] });
    const sector = await readCd(recorder, 5, 1);
    expect(same(sector.subarray(16, 16 + SECTOR), data.subarray(5 * SECTOR, 6 * SECTOR))).toBe(true);
  });

  it('several, planned whole and written one after the other', async () => {
    const { recorder, sao } = await saoWith('cd-r');
    const first = creatorOf(samples(300, 1)).createSession();
    const next = new RawCDImageCreator();
    next.startingTrackNumber = 2;
    next.addTrack(CdSectorType.Audio, samples(320, 2));
    const second = later(next.createSession(), 300 + 11_400);
    expect((await sao.planAll([first, second])).map((plan) => plan.startAddress)).toEqual([-150, 300 + 11_400 - 150]);
    const reports = await sao.writeAll([first, second]);
    expect(reports.map((report) => [report.outcome, report.closed])).toEqual([
      ['written', false],
      ['written', true],
    ]);
    expect((await recorder.discContents()).sessions.map((session) => session.tracks[0]?.start)).toEqual([0, 11_700]);
    expect(await holds(recorder, 11_700, samples(320, 2))).toBe(true);
    await expect(sao.writeAll([])).rejects.toMatchObject({ refusedBeforeWriting: true });
  });

  it('says in which session the drive refused', async () => {
    const { recorder, sao } = await saoWith('cd-r');
    const first = creatorOf(samples(300, 1)).createSession();
    // Its track is number 1 again.
    const second = later(creatorOf(samples(320, 2)).createSession(), 300 + 11_400);
    await expect(sao.writeAll([first, second])).rejects.toMatchObject({
      code: 'cue-sheet-refused',
      args: { session: 2 },
      command: 'SEND CUE SHEET',
      sense: expect.stringMatching(/^70..05.{18}2600/),
      refusedBeforeWriting: false,
    });
    expect((await recorder.discContents()).sessions.length).toBe(1);
  });

  it('tells what is not as it was sent', async () => {
    const { sao } = await saoWith('cd-r');
    sao.burnVerificationLevel = BurnVerificationLevel.Full;
    const session = creatorOf(samples(300, 1), samples(300, 2)).createSession();
    const stream = session.stream as { size: number; read(offset: number, length: number): Promise<Uint8Array> };
    let verifying = false;
    sao.onUpdate((args) => (verifying ||= args.currentAction === DataWriteAction.Verifying));
    // A stream that is another one when it is compared: from sector 500 on it is silent.
    const at = (150 + 500) * 2352;
    const read = async (offset: number, length: number) => {
      const bytes = await stream.read(offset, length);
      return verifying && offset + length > at ? bytes.fill(0, Math.max(0, at - offset)) : bytes;
    };
    const report = await sao.write({ ...session, stream: { size: stream.size, read } });
    expect(report).toMatchObject({ hresult: HRESULT.E_IMAPI_BURN_VERIFICATION_FAILED, outcome: 'written' });
    expect(report.tracks).toMatchObject([
      { number: 1, compared: 'equal', lba: null },
      { number: 2, compared: 'different', lba: 500, different: 250 },
    ]);
  });

  it('with the laser off leaves the disc as it was', async () => {
    const { sao } = await saoWith('cd-r');
    const session = twoTracks();
    sao.testWrite = true;
    expect(await sao.write(session)).toMatchObject({ outcome: 'written' });
    sao.testWrite = false;
    sao.doNotFinalizeMedia = true;
    // The stream can be read again.
    expect(await sao.write(session)).toMatchObject({ outcome: 'written', closed: false });
  });

  it('is one at a time, and stopped between two commands', async () => {
    const { recorder, sao } = await saoWith('cd-rw');
    const inProgress = fails(HRESULT.E_IMAPI_DF2RAW_WRITE_IN_PROGRESS);
    // Long enough to be told of before its end.
    const long = creatorOf(zeros(200_000 * 2352)).createSession();
    let cancelled: Promise<void> | undefined;
    sao.onUpdate((args) => {
      if (args.currentAction === DataWriteAction.WritingData && args.lastWrittenLba > 0) cancelled ??= sao.cancelWrite();
    });
    const burning = sao.write(long);
    await expect(sao.write(long)).rejects.toEqual(inProgress);
    expect(() => (sao.recorder = null)).toThrow(inProgress);
    expect(() => (sao.overburn = true)).toThrow(inProgress);
    expect(() => (sao.burnVerificationLevel = BurnVerificationLevel.Full)).toThrow(inProgress);
    await expect(burning).rejects.toMatchObject({ hresult: HRESULT.E_IMAPI_REQUEST_CANCELLED, refusedBeforeWriting: false });
    await cancelled;
    await expect(sao.cancelWrite()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_WRITE_NOT_IN_PROGRESS));
    expect(recorder.exclusiveAccessOwner).toBe('');
  });
});

describe('session at once refuses', () => {
  it('what is no session', async () => {
    const { sao } = await saoWith('cd-r');
    const session = twoTracks();
    const { cueSheet, stream } = session;
    const pointer = fails(HRESULT.E_POINTER);
    for (const nothing of [null, undefined]) {
      await expect(sao.write(nothing)).rejects.toEqual(pointer);
      await expect(sao.plan(nothing)).rejects.toEqual(pointer);
      await expect(sao.writeAll(nothing as never)).rejects.toEqual(pointer);
      await expect(sao.writeAll([session, nothing as never])).rejects.toEqual(pointer);
      await expect(sao.write({ cueSheet: nothing as never, stream })).rejects.toEqual(pointer);
      await expect(sao.write({ cueSheet, stream: nothing as never })).rejects.toEqual(pointer);
    }
    for (const stranger of [5, 'text', { cueSheet: 'INDEX 01', stream }, { cueSheet, stream: 5 }]) {
      await expect(sao.write(stranger as never)).rejects.toEqual(fails(HRESULT.E_NOINTERFACE));
    }
    const invalid = fails(HRESULT.E_INVALIDARG);
    await expect(sao.write({ ...session, cueSheet: cueSheet.subarray(1) })).rejects.toMatchObject({ code: 'cue-sheet-invalid', hresult: HRESULT.E_INVALIDARG, message: expect.stringContaining('lines') });
    await expect(sao.write({ ...session, cueSheet: new Uint8Array(0) })).rejects.toEqual(invalid);
    await expect(sao.write({ ...session, cueSheet: cueSheet.subarray(0, -8) })).rejects.toMatchObject({ code: 'cue-sheet-invalid', hresult: HRESULT.E_INVALIDARG });
    await expect(sao.write({ ...session, cdText: new Uint8Array(17) })).rejects.toEqual(invalid);
    for (const bytesPerSector of [0, 1.5, -1]) await expect(sao.write({ ...session, bytesPerSector })).rejects.toEqual(invalid);
    await expect(sao.write({ ...session, sessionFormat: 256 })).rejects.toEqual(invalid);
    const short = { hresult: HRESULT.E_IMAPI_DF2RAW_STREAM_NOT_SUPPORTED, refusedBeforeWriting: true };
    await expect(sao.write({ ...session, stream: zeros(899 * 2352) })).rejects.toMatchObject(short);
    await expect(sao.write({ ...session, bytesPerSector: 2048 })).rejects.toMatchObject(short);
    await expect(sao.write(later(session, 100))).rejects.toMatchObject({ code: 'cue-sheet-invalid' });
  });

  it('what is not set, and discs that it cannot write', async () => {
    const { sim, recorder } = await recorderWith('cd-r');
    const sao = new SessionAtOnce();
    const session = twoTracks();
    await expect(sao.write(session)).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_NO_RECORDER_SPECIFIED));
    sao.recorder = recorder;
    expect(sao.recorder?.activeDiscRecorder).toBe('sim');
    await expect(sao.write(session)).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_CLIENT_NAME_IS_NOT_VALID));
    expect(() => (sao.clientName = 'a/b')).toThrow(fails(HRESULT.E_IMAPI_DF2RAW_CLIENT_NAME_IS_NOT_VALID));
    sao.clientName = 'tests';
    expect(sao.clientName).toBe('tests');
    await recorder.acquireExclusiveAccess(true, 'another');
    await expect(sao.write(session)).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_LOCKED));
    await recorder.releaseExclusiveAccess();
    const long = creatorOf(zeros(380_000 * 2352)).createSession();
    await expect(sao.plan(long)).rejects.toMatchObject({ hresult: HRESULT.E_IMAPI_DF2RAW_NOT_ENOUGH_SPACE, refusedBeforeWriting: true });
    sim.load('dvd-r');
    await expect(sao.write(session)).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2RAW_MEDIA_IS_NOT_SUPPORTED));
    sim.load('none');
    await expect(sao.plan(session)).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    const verification: BurnVerification = sao;
    expect(verification.burnVerificationLevel).toBe(BurnVerificationLevel.None);
    expect(() => (verification.burnVerificationLevel = 7 as never)).toThrow(fails(HRESULT.E_INVALIDARG));
    sao.bufferUnderrunFreeDisabled = true;
    sao.overburn = true;
    await sao.setWriteSpeed(300, true);
    expect([sao.bufferUnderrunFreeDisabled, sao.overburn, sao.requestedWriteSpeed, sao.requestedRotationTypeIsPureCAV]).toEqual([true, true, 300, true]);
    await sao.setWriteSpeed(-1, false);
    expect(sao.requestedWriteSpeed).toBe(-1);
    await expect(sao.setWriteSpeed(-2, false)).rejects.toEqual(fails(HRESULT.E_INVALIDARG));
  });

  it('to tell of contents where there are none', async () => {
    const { sim, recorder } = await recorderWith('none');
    await expect(recorder.discContents()).rejects.toEqual(fails(HRESULT.E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    sim.load('cd-r');
    await expect(recorder.discContents()).rejects.toEqual(fails(HRESULT.E_IMAPI_DF2DATA_INVALID_MEDIA_STATE));
  });
});
