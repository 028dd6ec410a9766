import './ui/base.css';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';

// Radix adds a few style elements of its own; the content security policy lets them in by the server's nonce.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"], meta[property="csp-nonce"]');
const value = nonce?.nonce || nonce?.content;
if (value) setNonce(value);

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
