import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte({ configFile: '../../../web/svelte.config.js' })],
  server: { port: 5199, strictPort: true, fs: { allow: ['../../..'] } },
});
