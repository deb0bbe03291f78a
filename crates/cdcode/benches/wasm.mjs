// Times the example `coding` as wasm: sectors coded whole (EDC, P, Q, scrambler, subcode) per second on one core.
import { readFileSync } from "node:fs";

const SECTORS = 260;
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
let best = Infinity;
for (let round = 0; round < 4000; round++) {
  const started = performance.now();
  instance.exports.main(0, 0);
  best = Math.min(best, performance.now() - started);
}
const rate = (SECTORS / best) * 1000;
console.log(`wasm, mode 1 whole: ${rate.toFixed(0)} sectors/s, ${(rate / 3900).toFixed(1)} x 52x CD`);
