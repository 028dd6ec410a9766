export const QUALITIES = ['auto', 'high', 'medium', 'low'] as const;
export type Quality = (typeof QUALITIES)[number];

/** The highest layer of each quality; null leaves the choice to the server. */
export const LAYERS: Readonly<Record<Quality, number | null>> = { auto: null, high: 2, medium: 1, low: 0 };
