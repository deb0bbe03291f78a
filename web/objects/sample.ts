/** Every object of the library, used with its types: what compiles here, a program can write. */
import init, {
  BlockRange,
  BlockRangeList,
  type BurnVerification,
  BurnVerificationLevel,
  type ByteStream,
  chooseMultisession,
  type CommandOutcome,
  type DataEventArgs,
  DataWriteAction,
  type DiscFormat2,
  DiscFormat2Data,
  DiscFormat2Erase,
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
  ReadTrackAddressType,
  SimulatedDrive,
  StreamConcatenate,
  StreamInterleave,
  type StreamLike,
  StreamPseudoRandom,
  StreamZero,
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

/** What the types must refuse. */
export async function refused(writer: DiscFormat2Data): Promise<void> {
  // @ts-expect-error A number is no stream.
  await writer.write(5);
  // @ts-expect-error A writer is no recorder.
  await writer.isRecorderSupported(writer);
  // @ts-expect-error A goal is one of nine words.
  new MediaFormat().goal = 'quick';
  // @ts-expect-error A level is one of the three.
  writer.burnVerificationLevel = 'full';
}
