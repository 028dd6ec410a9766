import { describe, expect, it } from 'vitest';
import { findingsOf } from './house-rules.mjs';

const CASES = [
  ['a lower folder of the engine', 'packages/engine/src/room/room.ts', "import { Ring } from '../bytes/index.js';", 0],
  ['a higher folder of the engine', 'packages/engine/src/bytes/ring.ts', "import { Room } from '../room/index.js';", 1],
  ['past a folder’s index', 'packages/engine/src/room/room.ts', "import { Ring } from '../bytes/ring.js';", 1],
  ['its own index', 'packages/engine/src/room/room.ts', "import { Member } from './index.js';", 1],
  ['a file beside the client’s folders', 'packages/client/src/room/room.ts', "import { E } from '../emitter.js';", 0],
  ['the client’s face from within', 'packages/client/src/room/room.ts', "import { E } from '../index.js';", 1],
  ['another adapter', 'packages/server/src/signal/a.ts', "import { b } from '../whip/index.js';", 1],
  ['a package against the arrow', 'packages/client/src/room/room.ts', "import { Engine } from '@madang/engine';", 1],
  [
    'values where only types may come',
    'packages/client/src/link/a.ts',
    "import { LIMITS } from '@madang/protocol';",
    1,
  ],
  ['types where types may come', 'packages/client/src/link/a.ts', "import type { Room } from '@madang/protocol';", 0],
  ['several lines of types', 'packages/client/src/link/a.ts', "import type {\n  Room,\n} from '@madang/protocol';", 0],
  ['a clock in the engine', 'packages/engine/src/room/room.ts', 'const now = Date.now();', 1],
  ['a module of Node in the engine', 'packages/engine/src/room/room.ts', "import { x } from 'node:net';", 1],
  ['Math.random in the server', 'packages/server/src/auth/a.ts', 'const id = Math.random();', 1],
  ['a vague file', 'packages/web/src/ui/utils.ts', '', 1],
  ['a vague class', 'packages/server/src/auth/a.ts', 'class RoomManager {}', 1],
  ['a file name in camel case', 'packages/web/src/ui/chatPanel.tsx', '', 1],
  ['a long file', 'packages/web/src/ui/a.ts', '\n'.repeat(301), 1],
  ['an unknown folder of the server', 'packages/server/src/stuff/a.ts', '', 1],
];

describe('house rules', () => {
  it.each(CASES)('find what is wrong with %s', (_name, path, text, count) => {
    expect(findingsOf(path, text)).toHaveLength(count);
  });
});
