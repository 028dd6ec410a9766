import { Grid2x2, LayoutDashboard, SquareUser } from 'lucide-react';
import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import type { Layout } from '../../state/preferences.js';
import { ChoiceList } from '../../ui/choice-list.js';
import { Dialog } from '../../ui/dialog.js';
import { chooseLayout } from './pins.js';

const ICONS = {
  auto: <LayoutDashboard aria-hidden />,
  tiles: <Grid2x2 aria-hidden />,
  speaker: <SquareUser aria-hidden />,
} as const satisfies Record<Layout, unknown>;

/** How the tiles stand, for this person. */
export function LayoutDialog() {
  const call = useCall();
  const { stage } = useMessages();
  const isOpen = useCallState((state) => state.dialog === 'layout');
  const layout = useCallState((state) => state.layout);
  return (
    <Dialog title={stage.layout} isOpen={isOpen} onClose={() => call.store.setState({ dialog: null })}>
      <ChoiceList
        label={stage.layout}
        choices={(['auto', 'tiles', 'speaker'] as const).map((value) => ({
          value,
          icon: ICONS[value],
          ...stage.layouts[value],
        }))}
        value={layout}
        onChoose={(chosen) => chooseLayout(call, chosen)}
      />
    </Dialog>
  );
}
