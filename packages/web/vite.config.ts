import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/**
 * The program and the models that tell a person from the background, beside the app's own files. The library asks for
 * them by name, so they keep their names; the browsers of `build.target` all have SIMD.
 */
function virtualBackground(): Plugin {
  const library = createRequire(import.meta.url).resolve('@shiguredo/virtual-background');
  const folder = dirname(library);
  const wanted = /\.(?:tflite|binarypb)$|simd_wasm_bin\.(?:js|wasm)$/;
  return {
    name: 'virtual-background',
    apply: 'build',
    generateBundle() {
      for (const name of readdirSync(folder).filter((file) => wanted.test(file))) {
        const source = readFileSync(join(folder, name));
        this.emitFile({ type: 'asset', fileName: `assets/virtual-background/${name}`, source });
      }
    },
  };
}

export default defineConfig({
  // The server injects <base href>, so every address in index.html is relative to it.
  base: './',
  plugins: [react(), virtualBackground()],
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
