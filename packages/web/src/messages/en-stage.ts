/** What people read in English about how the tiles stand. */
export const enStage = {
  stage: {
    pages: 'Pages of people',
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    previous: 'Previous page',
    next: 'Next page',
    layout: 'Layout',
    layouts: {
      auto: { label: 'Automatic', hint: 'Everyone the same size; a shared screen or a pinned picture large.' },
      tiles: { label: 'Tiles', hint: 'Everyone the same size, always.' },
      speaker: { label: 'Speaker', hint: 'Whoever speaks large, the others small beside.' },
    },
    spotlight: 'Put in the spotlight for everyone',
    endSpotlight: 'Take out of the spotlight',
    spotlit: 'In the spotlight for everyone',
    nowSpotlit: (name: string) => `A host put ${name} in the spotlight`,
    youSpotlit: 'A host put you in the spotlight: everyone sees you large',
    yourScreen: 'Your screen, as the others see it',
  },
};
