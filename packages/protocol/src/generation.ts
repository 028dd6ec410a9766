import { z } from 'zod';

/** A number of an RTCPeerConnection: whoever has to start over with another one adds one. */
export const Generation = z.number().int().min(1).max(1_000_000);
