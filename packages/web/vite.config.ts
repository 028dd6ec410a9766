import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  // The server injects <base href>, so every address in index.html is relative to it.
  base: './',
  plugins: [react()],
  resolve: { conditions: ['madang:source', ...defaultClientConditions] },
  build: {
    // The content security policy allows no data: addresses and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome111', 'firefox115', 'safari16.4'],
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: { '/socket.io': { target: 'http://localhost:8080', ws: true } },
  },
});
