/** Every object of the library, used with its types: what compiles here, a program can write. */
import init, {
  type AudioTrack,
  BlockRange,
  BlockRangeList,
  type BurnVerification,
  BurnVerificationLevel,
  type ByteStream,
  CdSectorType,
  type CdText,
  chooseMultisession,
  type CommandOutcome,
  type DataEventArgs,
  DataWriteAction,
  DigitalCopySetting,
  type DiscContents,
  type DiscFormat2,
  DiscFormat2Data,
  DiscFormat2Erase,
  DiscFormat2RawCD,
  DiscFormat2TrackAtOnce,
  DiscMaster2,
  DiscRecorder2,
  Drive,
  FeaturePageType,
  type FormatGoal,
  type FormatSpare,
  type FrameChannel,
  HRESULT,
  type ImapiError,
  type JobPlan,
  MediaFormat,
  MediaPhysicalType,
  MediaState,
  ModePageRequestType,
  ModePageType,
  type Multisession,
  MultisessionRandomWrite,
  MultisessionSequential,
  type MultisessionSequential2,
  ProfileType,
  RawCDImageCreator,
  RawCDImageTrackInfo,
  type RawCDEventArgs,
  RawCdDataSectorType,
  RawCdWriteAction,
  ReadTrackAddressType,
  type ResultStream,
  type Session,
  SessionAtOnce,
  type SessionReport,
  SimulatedDrive,
  StreamConcatenate,
  StreamInterleave,
  type StreamLike,
  StreamPseudoRandom,
  StreamZero,
  TaoWriteAction,
  type TrackAtOnceEventArgs,
  type UsbPipe,
  WriteEngine2,
  WriteProtectState,
  type WriteSpeedDescriptor,
} from './dist/webburn';

/** Burns a file and reads it back. */
export async function burn(file: File, drive: Drive, tell: (text: string) => void): Promise<void> {
  await init();
  const writer = new DiscFormat2Data();
  writer.recorder = await DiscRecorder2.initializeDiscRecorder(drive);
  writer.clientName = 'a sample';
  writer.burnVerificationLevel = BurnVerificationLevel.Full;
  writer.onUpdate((args: DataEventArgs) => {
    if (args.currentAction === DataWriteAction.WritingData) tell(`${args.elapsedTime} of ${args.totalTime} s`);
  });
  try {
    const hresult: HRESULT = await writer.write(file);
    tell(hresult === HRESULT.S_OK ? 'burnt' : 'burnt at another speed');
  } catch (thrown) {
    const failure = thrown as ImapiError;
    if (failure.hresult === HRESULT.E_IMAPI_REQUEST_CANCELLED) tell('stopped');
    else tell(`${failure.code} ${failure.command ?? ''} ${failure.sense ?? ''} ${failure.lba ?? ''}`);
  }
}

/** The list of drives. */
export async function list(pipe: UsbPipe, channel: FrameChannel): Promise<string[]> {
  const master = new DiscMaster2();
  master.onNotifyDeviceAdded((id: string) => void id);
  master.onNotifyDeviceRemoved(null);
  master.add(Drive.simulated('sim', new SimulatedDrive('dvd+rw')));
  master.add(Drive.usb('usb', pipe));
  master.add(Drive.bridge('bridge', channel));
  const supported: boolean = await master.isSupportedEnvironment();
  return supported ? [master.item(0), ...master.ids()].slice(0, master.count) : [];
}

/** What is known of the disc. */
export async function look(writer: DiscFormat2Data, recorder: DiscRecorder2): Promise<unknown[]> {
  const base: DiscFormat2 = writer;
  const verification: BurnVerification = writer;
  const type: MediaPhysicalType = await writer.currentPhysicalMediaType();
  const speeds: WriteSpeedDescriptor[] = await writer.supportedWriteSpeedDescriptors();
  const appendable = ((await writer.currentMediaStatus()) & MediaState.Appendable) !== 0;
  const byTab = ((await writer.writeProtectStatus()) & WriteProtectState.ByCartridge) !== 0;
  const features: FeaturePageType[] = await recorder.getSupportedFeaturePages(true);
  const profiles: ProfileType[] = await recorder.getSupportedProfiles(false);
  const page: Uint8Array = await recorder.getModePage(ModePageType.WriteParameters, ModePageRequestType.CurrentValues);
  const track: Uint8Array = await recorder.getTrackInformation(1, ReadTrackAddressType.Track);
  const inquiry: CommandOutcome = await recorder.sendCommandGetDataFromDevice(Uint8Array.of(0x12, 0, 0, 0, 36, 0), 36, 10);
  const sessions: Multisession[] = await writer.multisessionInterfaces();
  for (const one of sessions) {
    if (one instanceof MultisessionSequential) await (one satisfies MultisessionSequential2).writeUnitSize();
    if (one instanceof MultisessionRandomWrite) await one.lastWrittenAddress();
  }
  const chosen: MultisessionSequential | MultisessionRandomWrite = await chooseMultisession(await writer.multisessionInterfaces());
  const plan: JobPlan = await writer.plan(2048);
  const adapter: Uint8Array = await recorder.getAdapterDescriptor();
  return [
    chosen.interfaceIds,
    plan.steps.map((step) => step.code),
    adapter,
    type === MediaPhysicalType.BdR,
    await base.isRecorderSupported(recorder),
    verification.burnVerificationLevel,
    speeds.map((speed) => speed.writeSpeed),
    appendable,
    byTab,
    features.includes(FeaturePageType.BdWrite),
    profiles.includes(ProfileType.BdRewritable),
    page,
    track,
    inquiry.data,
  ];
}

/** The streams, the ranges, the eraser and the engine below the writers. */
export async function others(recorder: DiscRecorder2, mine: ByteStream): Promise<void> {
  const streams: StreamLike[] = [new StreamZero(2048), new StreamPseudoRandom(1, 4096), new Blob([]), new Uint8Array(2048), mine];
  const joined = new StreamConcatenate(streams);
  joined.append(new StreamInterleave([new StreamZero(2048), mine], [2048, 4096]));
  const writer = new DiscFormat2Data();
  writer.blockRanges = new BlockRangeList([new BlockRange(0, 15)]);
  const ranged: ByteStream = { ...mine, blockRanges: [{ startLba: 0, endLba: 15 }] };
  await writer.write(ranged);
  const format = new MediaFormat();
  const goal: FormatGoal = 'restricted';
  const spare: FormatSpare = 'least';
  format.recorder = recorder;
  format.clientName = 'a sample';
  format.goal = goal;
  format.spare = spare;
  await format.format();
  const eraser = new DiscFormat2Erase();
  eraser.recorder = recorder;
  eraser.clientName = 'a sample';
  eraser.fullErase = true;
  const blank: DiscFormat2 = eraser;
  await blank.mediaHeuristicallyBlank();
  await eraser.eraseMedia();
  const engine = new WriteEngine2();
  engine.recorder = recorder;
  engine.bytesPerSector = 2048;
  engine.useStreamingWrite12 = true;
  await engine.writeSection(joined, 0, 16);
}

/** An audio CD in three ways: track by track, by cue sheet with CD-Text, raw. */
export async function audio(recorder: DiscRecorder2, way: 'tracks' | 'session' | 'raw', ...samples: Blob[]): Promise<DiscContents> {
  if (way === 'tracks') {
    const tracks = new DiscFormat2TrackAtOnce();
    tracks.recorder = recorder;
    tracks.clientName = 'a sample';
    tracks.onUpdate((args: TrackAtOnceEventArgs) => void (args.currentAction === TaoWriteAction.Writing && args.currentTrackNumber));
    await tracks.prepareMedia();
    try {
      for (const stream of samples) await tracks.addAudioTrack(stream);
      tracks.tracks.forEach((track: AudioTrack) => void track.sectors);
    } finally {
      await tracks.releaseMedia();
    }
    return recorder.discContents();
  }
  const creator = new RawCDImageCreator();
  creator.disableGaplessAudio = true;
  for (const stream of samples) {
    const info: RawCDImageTrackInfo = creator.trackInfo(creator.addTrack(CdSectorType.Audio, stream));
    info.digitalAudioCopySetting = DigitalCopySetting.Prohibited;
  }
  creator.cdText = { title: 'a sample', tracks: samples.map((_, at) => ({ title: `track ${at + 1}` })) } satisfies CdText;
  if (way === 'session') {
    const writer = new SessionAtOnce();
    writer.recorder = recorder;
    writer.clientName = 'a sample';
    writer.burnVerificationLevel = BurnVerificationLevel.Full;
    const session: Session = creator.createSession();
    const report: SessionReport = await writer.write(session);
    if (report.outcome !== 'verified') throw new Error(report.tracks.map((track) => track.compared).join());
    return recorder.discContents();
  }
  const image: ResultStream = creator.createResultImage();
  const raw = new DiscFormat2RawCD();
  raw.recorder = recorder;
  raw.clientName = 'a sample';
  raw.onUpdate((args: RawCDEventArgs) => void (args.currentAction === RawCdWriteAction.Writing));
  await raw.prepareMedia();
  try {
    await raw.setRequestedSectorType(RawCdDataSectorType.IsRaw);
    await raw.writeMedia(image);
  } finally {
    await raw.releaseMedia();
  }
  return recorder.discContents();
}

/** What the types must refuse. */
export async function refused(writer: DiscFormat2Data): Promise<void> {
  // @ts-expect-error A number is no stream.
  await writer.write(5);
  // @ts-expect-error A writer is no recorder.
  await writer.isRecorderSupported(writer);
  // @ts-expect-error A goal is one of nine words.
  new MediaFormat().goal = 'quick';
  // @ts-expect-error A session has a sheet.
  await new SessionAtOnce().write(new Uint8Array(2352));
  // @ts-expect-error What the drive is asked about is set by a method.
  new DiscFormat2RawCD().requestedSectorType = RawCdDataSectorType.IsRaw;
  // @ts-expect-error A level is one of the three.
  writer.burnVerificationLevel = 'full';
}
