import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  cacheDir: '/work/main/node_modules/.cache/vite-harness',
  build: {
    outDir: '/tmp/ui/harness',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    minify: false,
    target: 'chrome140',
  },
  base: './',
});
