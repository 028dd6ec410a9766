import { expect, test } from 'vitest';
import { readPageConfig } from './page-config.js';

test.each([
  [
    '{"basePath":"/call/","httpsPort":8443,"version":"1","lanUrls":["https://192.168.0.7:8443",7]}',
    { basePath: '/call', httpsPort: 8443, version: '1', lanUrls: ['https://192.168.0.7:8443'] },
  ],
  ['{"basePath":"","httpsPort":null}', { basePath: '', httpsPort: null, version: '', lanUrls: [] }],
  ['not json', { basePath: '', httpsPort: null, version: '', lanUrls: [] }],
  ['null', { basePath: '', httpsPort: null, version: '', lanUrls: [] }],
  [undefined, { basePath: '', httpsPort: null, version: '', lanUrls: [] }],
])('the page reads %s', (json, expected) => {
  expect(readPageConfig(json)).toEqual(expected);
});
