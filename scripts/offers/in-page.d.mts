type Offers<Names extends string> = Readonly<Record<Names, () => Promise<string>>>;

export const IN_CHROMIUM: Offers<'publish' | 'call' | 'simulcast' | 'simulcast-by-ssrc' | 'view' | 'data'>;
export const IN_FIREFOX: Offers<'publish' | 'call' | 'simulcast' | 'view' | 'data'>;
