/** A courtyard seen from above: a house around it, open to the street, and somebody inside. Also the letter ㅁ. */
export function Logo({ size = 32 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="#2f5d4c" />
      <path
        d="M9.5 8h13A1.5 1.5 0 0 1 24 9.5v13a1.5 1.5 0 0 1-1.5 1.5H19.5M12.5 24H9.5A1.5 1.5 0 0 1 8 22.5v-13A1.5 1.5 0 0 1 9.5 8"
        fill="none"
        stroke="#f6f1e7"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="17" r="3.2" fill="#f0975f" />
    </svg>
  );
}
