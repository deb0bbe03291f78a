// Times the example `coding` as wasm: sectors coded whole (EDC, P, Q, scrambler, subcode) per second on one core. Prints a
// line of JSON.
import { readFileSync } from "node:fs";

const SECTORS = 260;
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
let best = Infinity;
for (let round = 0; round < 4000; round++) {
  const started = performance.now();
  instance.exports.main(0, 0);
  best = Math.min(best, performance.now() - started);
}
const rate = Math.round((SECTORS / best) * 1000);
console.log(JSON.stringify({ name: "wasm, mode 1 whole", rate }));
