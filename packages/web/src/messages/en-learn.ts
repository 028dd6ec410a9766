/** The way to the lesson, in English. */
export const enLearn = {
  learn: { link: 'How does a call work? Learn it here in five steps' },
};
