import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const PLACE = /(["'`])@@styles-of-the-element@@\1/;

/** Moves the style sheet into the script: pages embed one file, and a shadow tree takes its styles from there. */
function stylesInside(): Plugin {
  return {
    name: 'styles-inside',
    enforce: 'post',
    generateBundle(_, bundle) {
      let css = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type !== 'asset' || !name.endsWith('.css')) continue;
        css += String(file.source);
        delete bundle[name];
      }
      const script = bundle['inspector-element.js'];
      if (script?.type !== 'chunk' || !PLACE.test(script.code) || css === '') this.error('no styles to put in');
      const text = JSON.stringify(css.replaceAll(':root', ':host'));
      script.code = script.code.replace(PLACE, () => text);
    },
  };
}

/** The element of `src/inspector/element`, in one file whose address stays. Built after the web app, beside it. */
export default defineConfig({
  plugins: [react(), stylesInside()],
  define: { 'process.env.NODE_ENV': '"production"' },
  resolve: { conditions: ['madang:source', ...defaultClientConditions] },
  build: {
    emptyOutDir: false,
    copyPublicDir: false,
    cssCodeSplit: false,
    target: ['chrome111', 'firefox115', 'safari16.4'],
    lib: {
      entry: 'src/inspector/element/inspector-element.ts',
      formats: ['es'],
      fileName: () => 'inspector-element.js',
    },
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
