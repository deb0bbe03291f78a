import { defineConfig } from 'vitest/config';

/** The tests of the module for CDs beyond data; `cargo xtask wasm` and `cargo xtask wasm --cds` build what they load. */
export default defineConfig({ test: { include: ['*.test.ts'], environment: 'node', testTimeout: 60_000 } });
