import { defineConfig } from 'vitest/config';

/** The tests of the library for programs in JavaScript; `cargo xtask wasm --objects` builds it into `dist`. */
export default defineConfig({ test: { include: ['*.test.ts'], environment: 'node', testTimeout: 60_000 } });
