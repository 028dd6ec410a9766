/** Checks one value; undefined if it fits, else where it does not. */
export type Shape = (value: unknown, at: string) => string | undefined;

export const text =
  (most = 2_000): Shape =>
  (value, at) =>
    typeof value === 'string' && value.length <= most ? undefined : at;

export const number: Shape = (value, at) => (typeof value === 'number' && Number.isFinite(value) ? undefined : at);

export const flag: Shape = (value, at) => (typeof value === 'boolean' ? undefined : at);

export const oneOf =
  (...words: readonly string[]): Shape =>
  (value, at) =>
    typeof value === 'string' && words.includes(value) ? undefined : at;

export const list =
  (item: Shape, most: number): Shape =>
  (value, at) => {
    if (!Array.isArray(value) || value.length > most) return at;
    return firstOf(value.map((inner, ix) => item(inner, `${at}[${ix}]`)));
  };

/** Exactly these fields; those whose name ends in `?` may be absent. */
export function fields(shapes: Readonly<Record<string, Shape>>): Shape {
  const known = new Map(
    Object.entries(shapes).map(([name, shape]) => [name.replace(/\?$/, ''), { shape, optional: name.endsWith('?') }]),
  );
  return (value, at) => {
    if (!isObject(value)) return at;
    const stranger = Object.keys(value).find((name) => !known.has(name));
    if (stranger !== undefined) return `${at}.${stranger}`;
    return firstOf(
      [...known].map(([name, { shape, optional }]) =>
        Object.hasOwn(value, name) ? shape(value[name], `${at}.${name}`) : optional ? undefined : `${at}.${name}`,
      ),
    );
  };
}

/** Anything that JSON can say, small: what a browser calls settings or constraints. */
export const anything: Shape = (value, at) => ((JSON.stringify(value)?.length ?? 0) <= 20_000 ? undefined : at);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const firstOf = (all: readonly (string | undefined)[]): string | undefined => all.find((at) => at !== undefined);
