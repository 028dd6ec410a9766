import { Ellipsis, EyeOff, PictureInPicture2, Pin, PinOff, SwitchCamera, Volume2 } from 'lucide-react';
import { useState } from 'react';
import { useCall } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { Dialog } from '../../ui/dialog.js';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.js';
import { useFlipCamera } from '../bar/use-flip-camera.js';
import { HostActions } from '../people/host-actions.js';
import { useHostPowers } from '../people/use-host-powers.js';
import { canShowTileSmall, showTileSmall } from '../pip/picture-in-picture.js';
import { setSelfHidden, togglePin } from './pins.js';
import styles from './tile-menu.module.css';
import type { TileView } from './tiles.js';
import { VolumeSlider } from './volume-slider.js';

interface TileMenuProps {
  readonly tile: TileView;
  readonly isPinned: boolean;
  readonly hasPicture: boolean;
}

export function TileMenu({ tile, isPinned, hasPicture }: TileMenuProps) {
  const call = useCall();
  const messages = useMessages();
  const powers = useHostPowers(tile.member);
  const flip = useFlipCamera();
  const [isTuning, setIsTuning] = useState(false);
  const { member } = tile;
  const name = tile.source === 'screen' ? messages.tile.screenOf(member.name) : member.name;
  const trigger = (
    <button type="button" className={styles.trigger} aria-label={messages.tile.menu(name)}>
      <Ellipsis aria-hidden />
    </button>
  );
  return (
    <>
      <Menu trigger={trigger}>
        <MenuItem
          icon={isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
          onSelect={() => togglePin(call, tile.id)}
        >
          {isPinned ? messages.tile.unpin : messages.tile.pin}
        </MenuItem>
        {hasPicture && canShowTileSmall() && (
          <MenuItem icon={<PictureInPicture2 aria-hidden />} onSelect={() => void showTileSmall(tile.id)}>
            {messages.view.pip}
          </MenuItem>
        )}
        {member.isSelf && (
          <MenuItem icon={<EyeOff aria-hidden />} onSelect={() => setSelfHidden(call, true)}>
            {messages.view.hideSelf}
          </MenuItem>
        )}
        {member.isSelf && flip && (
          <MenuItem icon={<SwitchCamera aria-hidden />} onSelect={flip}>
            {messages.view.flip}
          </MenuItem>
        )}
        {!member.isSelf && (
          <MenuItem icon={<Volume2 aria-hidden />} onSelect={() => setIsTuning(true)}>
            {messages.tile.volume}
          </MenuItem>
        )}
        {powers.items.length > 0 && <MenuSeparator />}
        <HostActions powers={powers} />
      </Menu>
      {powers.dialog}
      <Dialog title={messages.view.volumeOf(member.name)} isOpen={isTuning} onClose={() => setIsTuning(false)}>
        <VolumeSlider memberId={member.id} />
      </Dialog>
    </>
  );
}
