/// <reference types="node" />
import { describe, expect, it } from 'vitest';
import { CdSectorType, DigitalCopySetting, HRESULT, RawCDImageCreator, RawCdDataSectorType } from './dist/webburn';
import { AUDIO, creatorOf, samples, zeros } from './cd-support';
import { fails, noise, same, SECTOR } from './support';

const READ_ONLY = fails(HRESULT.E_IMAPI_RAW_IMAGE_IS_READ_ONLY);
const INVALID = fails(HRESULT.E_INVALIDARG);

describe('the image creator', () => {
  it('begins as documented, and wants tracks', () => {
    const creator = new RawCDImageCreator();
    expect([creator.resultingImageType, creator.startOfLeadoutLimit, creator.disableGaplessAudio]).toEqual([RawCdDataSectorType.IsRaw, 398_099, false]);
    expect([creator.mediaCatalogNumber, creator.startingTrackNumber, creator.numberOfExistingTracks]).toEqual(['', 1, 0]);
    expect([creator.dataTracksAllowed, creator.cdText]).toEqual([false, null]);
    const none = fails(HRESULT.E_IMAPI_RAW_IMAGE_NO_TRACKS);
    expect(() => creator.startOfLeadout).toThrow(none);
    expect(() => creator.lastUsedUserSectorInImage).toThrow(none);
    expect(() => creator.expectedTableOfContents).toThrow(none);
    expect(() => creator.expectedLeadIn).toThrow(none);
    expect(() => creator.createResultImage()).toThrow(none);
    expect(() => creator.createSession()).toThrow(none);
    expect(() => creator.trackInfo(1)).toThrow(INVALID);
  });

  it('takes tracks of audio, each by its size', () => {
    const creator = new RawCDImageCreator();
    expect(creator.addTrack(CdSectorType.Audio, zeros(300 * AUDIO))).toBe(1);
    expect(creator.addTrack(CdSectorType.Audio, new Blob([samples(310)]))).toBe(2);
    expect([creator.numberOfExistingTracks, creator.startOfLeadout, creator.lastUsedUserSectorInImage]).toEqual([2, 610, 609]);
    for (const wrong of [zeros(299 * AUDIO), zeros(300 * AUDIO + 1), zeros(0)]) expect(() => creator.addTrack(CdSectorType.Audio, wrong)).toThrow(INVALID);
    expect(() => creator.addTrack(CdSectorType.Mode1, zeros(300 * SECTOR))).toThrow(fails(HRESULT.E_IMAPI_RAW_IMAGE_SECTOR_TYPE_NOT_SUPPORTED));
    expect(() => creator.addTrack(10 as never, zeros(300 * AUDIO))).toThrow(INVALID);
    expect(() => creator.addTrack(CdSectorType.Audio, zeros(398_000 * AUDIO))).toThrow(fails(HRESULT.E_IMAPI_RAW_IMAGE_INSUFFICIENT_SPACE));
    for (const nothing of [null, undefined]) {
      expect(() => creator.addTrack(CdSectorType.Audio, nothing)).toThrow(fails(HRESULT.E_POINTER));
      expect(() => creator.addSpecialPregap(nothing)).toThrow(fails(HRESULT.E_POINTER));
      expect(() => creator.addSubcodeRWGenerator(nothing)).toThrow(fails(HRESULT.E_POINTER));
    }
    expect(() => creator.addTrack(CdSectorType.Audio, 5 as never)).toThrow(fails(HRESULT.E_NOINTERFACE));
    expect(creator.numberOfExistingTracks).toBe(2);
    const added = fails(HRESULT.E_IMAPI_RAW_IMAGE_TRACKS_ALREADY_ADDED);
    expect(() => (creator.startingTrackNumber = 2)).toThrow(added);
    expect(() => (creator.disableGaplessAudio = true)).toThrow(added);
    expect(() => (creator.dataTracksAllowed = true)).toThrow(added);
    expect(() => creator.addSpecialPregap(zeros(150 * AUDIO))).toThrow(added);
  });

  it('at most 99 of them', () => {
    const creator = new RawCDImageCreator();
    for (const number of [0, 100, 257]) expect(() => (creator.startingTrackNumber = number)).toThrow(INVALID);
    creator.startingTrackNumber = 98;
    creator.addTrack(CdSectorType.Audio, zeros(300 * AUDIO));
    creator.addTrack(CdSectorType.Audio, zeros(300 * AUDIO));
    expect(() => creator.addTrack(CdSectorType.Audio, zeros(300 * AUDIO))).toThrow(fails(HRESULT.E_IMAPI_RAW_IMAGE_TOO_MANY_TRACKS));
    expect(creator.trackInfo(2).trackNumber).toBe(99);
    expect(() => creator.trackInfo(3)).toThrow(INVALID);
    expect(() => creator.trackInfo(257)).toThrow(INVALID);
  });

  it('knows its properties, and what they may be', () => {
    const creator = new RawCDImageCreator();
    creator.mediaCatalogNumber = '4006381333931';
    expect(creator.mediaCatalogNumber).toBe('4006381333931');
    for (const wrong of ['4006381333930', 'A006381333931', '40063813339311']) expect(() => (creator.mediaCatalogNumber = wrong)).toThrow(INVALID);
    creator.mediaCatalogNumber = '';
    expect(creator.mediaCatalogNumber).toBe('');
    creator.startOfLeadoutLimit = 900;
    for (const wrong of [-1, 398_100]) expect(() => (creator.startOfLeadoutLimit = wrong)).toThrow(INVALID);
    creator.addTrack(CdSectorType.Audio, zeros(600 * AUDIO));
    expect(() => creator.addTrack(CdSectorType.Audio, zeros(301 * AUDIO))).toThrow(fails(HRESULT.E_IMAPI_RAW_IMAGE_INSUFFICIENT_SPACE));
    expect(() => (creator.startOfLeadoutLimit = 599)).toThrow(fails(HRESULT.E_IMAPI_RAW_IMAGE_INSUFFICIENT_SPACE));
    creator.resultingImageType = RawCdDataSectorType.PqOnly;
    expect(() => creator.addSubcodeRWGenerator(zeros(96))).toThrow(INVALID);
    expect(() => (creator.resultingImageType = 4 as never)).toThrow(INVALID);
    creator.resultingImageType = RawCdDataSectorType.IsCooked;
    creator.addSubcodeRWGenerator(zeros(96));
    expect(() => (creator.resultingImageType = RawCdDataSectorType.PqOnly)).toThrow(INVALID);
    // Too short for the image, and nothing that is written at once.
    expect(() => creator.createResultImage()).toThrow(INVALID);
    expect(() => creator.createSession()).toThrow(INVALID);
    expect(creator.addTrack(CdSectorType.Audio, zeros(300 * AUDIO))).toBe(2);
  });

  it('describes its tracks', () => {
    const creator = creatorOf(zeros(400 * AUDIO), zeros(300 * AUDIO));
    const [first, second] = [creator.trackInfo(1), creator.trackInfo(2)];
    expect([first.startingLba, first.sectorCount, first.trackNumber, first.sectorType]).toEqual([0, 400, 1, CdSectorType.Audio]);
    expect([second.startingLba, second.sectorCount, second.trackNumber]).toEqual([550, 300, 2]);
    expect([first.ISRC, first.digitalAudioCopySetting, first.audioHasPreemphasis, first.trackIndexes, first.gap]).toEqual(['', DigitalCopySetting.Permitted, false, [0], null]);
    first.ISRC = 'DEZZZ2600001';
    expect(first.ISRC).toBe('DE-ZZZ-26-00001');
    expect(() => (first.ISRC = 'nothing')).toThrow(INVALID);
    first.ISRC = '';
    expect(first.ISRC).toBe('');
    first.digitalAudioCopySetting = DigitalCopySetting.Scms;
    expect(creator.trackInfo(1).digitalAudioCopySetting).toBe(DigitalCopySetting.Scms);
    expect(() => (first.digitalAudioCopySetting = 3 as never)).toThrow(INVALID);
    first.audioHasPreemphasis = true;
    expect(creator.trackInfo(1).audioHasPreemphasis).toBe(true);
    expect(first.addTrackIndex(200)).toBe(HRESULT.S_OK);
    expect(first.addTrackIndex(100)).toBe(HRESULT.S_OK);
    expect(first.addTrackIndex(200)).toBe(HRESULT.S_IMAPI_RAW_IMAGE_TRACK_INDEX_ALREADY_EXISTS);
    expect(first.addTrackIndex(0)).toBe(HRESULT.S_IMAPI_RAW_IMAGE_TRACK_INDEX_ALREADY_EXISTS);
    expect(first.trackIndexes).toEqual([0, 100, 200]);
    expect(() => first.addTrackIndex(205)).toThrow(fails(HRESULT.E_IMAPI_RAW_IMAGE_TRACK_INDEX_TOO_CLOSE_TO_OTHER_INDEX));
    expect(() => first.addTrackIndex(400)).toThrow(INVALID);
    expect(() => first.clearTrackIndex(150)).toThrow(fails(HRESULT.E_IMAPI_RAW_IMAGE_TRACK_INDEX_NOT_FOUND));
    expect(() => first.clearTrackIndex(0)).toThrow(fails(HRESULT.E_IMAPI_RAW_IMAGE_TRACK_INDEX_OFFSET_ZERO_CANNOT_BE_CLEARED));
    first.clearTrackIndex(100);
    expect(first.trackIndexes).toEqual([0, 200]);
    second.gap = 0;
    expect([second.gap, second.startingLba]).toEqual([0, 400]);
    second.gap = null;
    expect([second.gap, second.startingLba]).toEqual([null, 550]);
    expect(() => (second.gap = 400_000)).toThrow(fails(HRESULT.E_IMAPI_RAW_IMAGE_INSUFFICIENT_SPACE));
    const many = creatorOf(zeros(2000 * AUDIO)).trackInfo(1);
    for (let index = 1; index < 99; index += 1) many.addTrackIndex(index * 10);
    expect(() => many.addTrackIndex(1500)).toThrow(fails(HRESULT.E_IMAPI_RAW_IMAGE_TOO_MANY_TRACK_INDEXES));
  });

  it('tells the table of contents', () => {
    const creator = new RawCDImageCreator();
    creator.dataTracksAllowed = true;
    expect(creator.dataTracksAllowed).toBe(true);
    creator.addTrack(CdSectorType.Mode1, noise(400));
    creator.addTrack(CdSectorType.Audio, zeros(300 * AUDIO));
    // Two seconds behind the data, two before the audio.
    expect(creator.trackInfo(2).startingLba).toBe(700);
    const toc = [...creator.expectedTableOfContents];
    expect(toc).toEqual([0, 26, 1, 2, 0, 0x16, 1, 0, 0, 0, 2, 0, 0, 0x12, 2, 0, 0, 0, 11, 25, 0, 0x12, 0xaa, 0, 0, 0, 15, 25]);
    const frames = creator.expectedLeadIn;
    expect(frames.map((frame) => [frame.length, frame[2]])).toEqual([0xa0, 0xa1, 0xa2, 1, 2].map((point) => [12, point]));
    expect(() => (creator.trackInfo(1).audioHasPreemphasis = true)).toThrow(INVALID);
  });

  it('makes an image once', async () => {
    const [track, hidden] = [samples(300, 9), samples(200, 8)];
    const creator = new RawCDImageCreator();
    expect(() => creator.addSpecialPregap(zeros(149 * AUDIO))).toThrow(INVALID);
    creator.addSpecialPregap(hidden);
    creator.addTrack(CdSectorType.Audio, track);
    const image = creator.createResultImage();
    // From 95:00:00 over the pre-gap and the track to the end of the lead-out.
    expect(image.size).toBe((22_650 + 50 + 300 + 6750) * 2448);
    const sector = async (lba: number) => (await image.read((lba + 22_650) * 2448, 2448)).subarray(0, AUDIO);
    expect(same(await sector(-150), hidden.subarray(0, AUDIO))).toBe(true);
    expect(same(await sector(49), hidden.subarray(199 * AUDIO))).toBe(true);
    expect(same(await sector(50), track.subarray(0, AUDIO))).toBe(true);
    // Any bytes, not only whole blocks.
    expect(same(await image.read((50 + 22_650) * 2448 + 5, 100), track.subarray(5, 105))).toBe(true);
    expect((await image.read(image.size - 3, 10)).length).toBe(3);
    expect((await image.read(image.size, 10)).length).toBe(0);
    for (const wrong of [-1, 0.5, Number.NaN]) await expect(image.read(wrong, 1)).rejects.toEqual(INVALID);

    expect(() => creator.createResultImage()).toThrow(READ_ONLY);
    expect(() => creator.createSession()).toThrow(READ_ONLY);
    expect(() => creator.addTrack(CdSectorType.Audio, track)).toThrow(READ_ONLY);
    expect(() => creator.addSpecialPregap(track)).toThrow(READ_ONLY);
    expect(() => creator.addSubcodeRWGenerator(track)).toThrow(READ_ONLY);
    expect(() => (creator.resultingImageType = RawCdDataSectorType.IsCooked)).toThrow(READ_ONLY);
    expect(() => (creator.startOfLeadoutLimit = 1000)).toThrow(READ_ONLY);
    expect(() => (creator.mediaCatalogNumber = '')).toThrow(READ_ONLY);
    expect(() => (creator.cdText = null)).toThrow(READ_ONLY);
    const info = creator.trackInfo(1);
    expect(() => (info.ISRC = '')).toThrow(READ_ONLY);
    expect(() => info.addTrackIndex(100)).toThrow(READ_ONLY);
    expect(() => (info.gap = 5)).toThrow(READ_ONLY);
    // It can still be asked.
    expect([creator.startOfLeadout, info.startingLba]).toEqual([350, 50]);
  });

  it('lays R to W over the sub-channel', async () => {
    const creator = creatorOf(zeros(300 * AUDIO));
    const generated = zeros((22_650 + 300 + 6750) * 96);
    creator.addSubcodeRWGenerator({ ...generated, read: async (_: number, length: number) => new Uint8Array(length).fill(0x2a) });
    const image = creator.createResultImage();
    const sub = (await image.read((22_650 + 10) * 2448, 2448)).subarray(AUDIO);
    expect([...sub].every((symbol) => (symbol & 0x3f) === 0x2a)).toBe(true);
  });

  it('takes CD-Text in words or as packs', () => {
    const creator = creatorOf(zeros(300 * AUDIO), zeros(300 * AUDIO));
    creator.cdText = { title: 'Disc', tracks: [{ title: 'One', composer: 'Someone' }] };
    expect(creator.cdText).toEqual({ title: 'Disc', tracks: [{ title: 'One', composer: 'Someone' }, {}] });
    expect(() => (creator.cdText = { title: '題' })).toThrow(INVALID);
    expect(() => (creator.cdText = new Uint8Array(17))).toThrow(INVALID);
    expect(() => (creator.cdText = new Uint8Array(18).fill(1))).toThrow(INVALID);
    expect(() => (creator.cdText = { title: 5 } as never)).toThrow(fails(HRESULT.E_NOINTERFACE));
    expect(() => (creator.cdText = 'Disc' as never)).toThrow(fails(HRESULT.E_NOINTERFACE));
    expect(() => (creator.cdText = { tracks: Array.from({ length: 100 }, () => ({})) })).toThrow(INVALID);
    expect(creator.cdText?.title).toBe('Disc');
    const { cdText } = creator.createSession();
    const other = new RawCDImageCreator();
    other.cdText = cdText!;
    expect(other.cdText).toEqual(creator.cdText);
    other.cdText = null;
    expect(other.cdText).toBeNull();
  });
});
