import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative addresses: the built page works from any folder of any static server.
  base: './',
  plugins: [svelte()],
  // Workers import wasm glue that itself imports; only module workers can.
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // A page that draws before its script needs no inlined wasm: keep assets as files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    // `npm run dev --workspace web` beside a bridge on its usual port.
    proxy: { '/v1': { target: 'http://127.0.0.1:8470', ws: true, changeOrigin: true } },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    // Nothing here changes what other files see: one world for all of them starts three times as fast.
    isolate: false,
  },
});
