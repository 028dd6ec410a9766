#!/usr/bin/env node
import { main } from './madang.js';

await main(process.argv.slice(2));
