/** The little of `sdp-transform` that is compared with; it brings no types of its own. */
declare module 'sdp-transform' {
  interface ParsedSection {
    readonly type: string;
    readonly mid?: string | number;
    readonly iceUfrag?: string | number;
    readonly rtp: readonly { readonly payload: number; readonly codec: string; readonly rate: number }[];
    readonly ext?: readonly { readonly value: number; readonly uri: string }[];
    readonly ssrcGroups?: readonly { readonly ssrcs: string }[];
  }
  const sdpTransform: {
    parse(text: string): { readonly iceUfrag?: string | number; readonly media: readonly ParsedSection[] };
  };
  // biome-ignore lint/style/noDefaultExport: it is how that module is written.
  export default sdpTransform;
}
