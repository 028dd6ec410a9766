import { expect, test } from 'vitest';
import { readPageConfig } from './page-config.js';

test.each([
  ['{"basePath":"/call/","httpsPort":8443,"version":"1"}', { basePath: '/call', httpsPort: 8443, version: '1' }],
  ['{"basePath":"","httpsPort":null}', { basePath: '', httpsPort: null, version: '' }],
  ['not json', { basePath: '', httpsPort: null, version: '' }],
  ['null', { basePath: '', httpsPort: null, version: '' }],
  [undefined, { basePath: '', httpsPort: null, version: '' }],
])('the page reads %s', (json, expected) => {
  expect(readPageConfig(json)).toEqual(expected);
});
