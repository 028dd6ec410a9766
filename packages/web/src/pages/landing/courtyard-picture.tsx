import styles from './courtyard-picture.module.css';

const ROOMS = [
  { x: 26, y: 26, hue: 'pine' },
  { x: 254, y: 26, hue: 'persimmon' },
  { x: 26, y: 254, hue: 'sky' },
  { x: 254, y: 254, hue: 'plum' },
] as const;

/** The house from above: four rooms around the courtyard, everyone in sight of everyone. */
export function CourtyardPicture({ label }: { readonly label: string }) {
  return (
    <svg className={styles.picture} viewBox="0 0 420 420" role="img" aria-label={label}>
      <rect className={styles.wall} x="4" y="4" width="412" height="412" rx="44" />
      <rect className={styles.yard} x="92" y="92" width="236" height="236" rx="30" />
      <g className={styles.lines}>
        <path d="M96 96 324 324M324 96 96 324" />
        <path d="M96 96H324V324H96Z" />
      </g>
      {ROOMS.map(({ x, y, hue }) => (
        <g key={hue} className={styles[hue]} transform={`translate(${x} ${y})`}>
          <rect className={styles.room} width="140" height="140" rx="28" />
          <circle className={styles.head} cx="70" cy="56" r="21" />
          <path className={styles.body} d="M28 118a42 34 0 0 1 84 0 6 6 0 0 1-6 6H34a6 6 0 0 1-6-6Z" />
        </g>
      ))}
      <circle className={styles.ring} cx="210" cy="210" r="26" />
      <circle className={styles.ember} cx="210" cy="210" r="11" />
    </svg>
  );
}
