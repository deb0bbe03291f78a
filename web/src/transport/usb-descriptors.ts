/** Reads the descriptors of a USB device (USB 2.0, 9.6) into the shapes that WebUSB shows. */

const DEVICE = 1;
const CONFIGURATION = 2;
const STRING = 3;
const INTERFACE = 4;
const ENDPOINT = 5;
const TRANSFER_TYPES = ['control', 'isochronous', 'bulk', 'interrupt'] as const;

/** GET_DESCRIPTOR: the bytes, or `undefined` when the device stalls the request. */
export type GetDescriptor = (type: number, index: number, language: number, length: number) => Uint8Array | undefined;

export interface DeviceDescriptor {
  usb: [major: number, minor: number, subminor: number];
  deviceClass: number;
  deviceSubclass: number;
  deviceProtocol: number;
  vendorId: number;
  productId: number;
  version: [major: number, minor: number, subminor: number];
  manufacturerName: string | null;
  productName: string | null;
  serialNumber: string | null;
  configurations: USBConfiguration[];
}

/** The last one wins where a device breaks the order of descriptors; unknown ones are passed over. */
export function readDevice(get: GetDescriptor): DeviceDescriptor {
  const bytes = get(DEVICE, 0, 0, 18);
  if (bytes === undefined || bytes.length < 18) throw new Error('the device has no device descriptor');
  const at = view(bytes);
  const name = (index: number): string | null => readString(get, index);
  const configurations: USBConfiguration[] = [];
  for (let i = 0; i < at.getUint8(17); i += 1) {
    const head = get(CONFIGURATION, i, 0, 9);
    if (head === undefined || head.length < 9) continue;
    const whole = get(CONFIGURATION, i, 0, view(head).getUint16(2, true));
    if (whole !== undefined) configurations.push(readConfiguration(whole));
  }
  return {
    usb: bcd(at.getUint16(2, true)),
    deviceClass: at.getUint8(4),
    deviceSubclass: at.getUint8(5),
    deviceProtocol: at.getUint8(6),
    vendorId: at.getUint16(8, true),
    productId: at.getUint16(10, true),
    version: bcd(at.getUint16(12, true)),
    manufacturerName: name(at.getUint8(14)),
    productName: name(at.getUint8(15)),
    serialNumber: name(at.getUint8(16)),
    configurations,
  };
}

/** The shapes under construction; WebUSB's own are read-only. */
interface Alternate {
  alternateSetting: number;
  interfaceClass: number;
  interfaceSubclass: number;
  interfaceProtocol: number;
  interfaceName: string | null;
  endpoints: USBEndpoint[];
}
interface Face {
  interfaceNumber: number;
  alternate: Alternate;
  alternates: Alternate[];
  claimed: boolean;
}

function readConfiguration(bytes: Uint8Array): USBConfiguration {
  const at = view(bytes);
  const interfaces: Face[] = [];
  let current: Alternate | undefined;
  for (let i = 0; i + 2 <= bytes.length; ) {
    const length = at.getUint8(i);
    if (length < 2 || i + length > bytes.length) break;
    const type = at.getUint8(i + 1);
    if (type === INTERFACE && length >= 9) {
      current = {
        alternateSetting: at.getUint8(i + 3),
        interfaceClass: at.getUint8(i + 5),
        interfaceSubclass: at.getUint8(i + 6),
        interfaceProtocol: at.getUint8(i + 7),
        interfaceName: null,
        endpoints: [],
      };
      addAlternate(interfaces, at.getUint8(i + 2), current);
    } else if (type === ENDPOINT && length >= 7 && current !== undefined) {
      const address = at.getUint8(i + 2);
      const transfer = TRANSFER_TYPES[at.getUint8(i + 3) & 3];
      if (transfer !== undefined && transfer !== 'control') {
        current.endpoints.push({
          endpointNumber: address & 0x0f,
          direction: (address & 0x80) === 0 ? 'out' : 'in',
          type: transfer,
          packetSize: at.getUint16(i + 4, true) & 0x7ff,
        });
      }
    }
    i += length;
  }
  return { configurationValue: at.getUint8(5), configurationName: null, interfaces: interfaces as USBInterface[] };
}

function addAlternate(interfaces: Face[], interfaceNumber: number, alternate: Alternate): void {
  const face = interfaces.find((known) => known.interfaceNumber === interfaceNumber);
  if (face === undefined) interfaces.push({ interfaceNumber, alternate, alternates: [alternate], claimed: false });
  else face.alternates.push(alternate);
}

function readString(get: GetDescriptor, index: number): string | null {
  if (index === 0) return null;
  const bytes = get(STRING, index, 0x0409, 255);
  return bytes === undefined || bytes.length < 2 ? null : new TextDecoder('utf-16le').decode(bytes.subarray(2));
}

function bcd(value: number): [number, number, number] {
  const digits = (byte: number): number => (byte >> 4) * 10 + (byte & 15);
  return [digits(value >> 8), (value >> 4) & 15, value & 15];
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
