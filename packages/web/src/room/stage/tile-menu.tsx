import {
  CircleQuestionMark,
  Ellipsis,
  EyeOff,
  PictureInPicture2,
  Pin,
  PinOff,
  Star,
  StarOff,
  SwitchCamera,
  Volume2,
} from 'lucide-react';
import { useState } from 'react';
import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { Dialog } from '../../ui/dialog.js';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.js';
import { useFlipCamera } from '../bar/use-flip-camera.js';
import { HostActions } from '../people/host-actions.js';
import { useHostPowers } from '../people/use-host-powers.js';
import { canShowTileSmall, showTileSmall } from '../pip/picture-in-picture.js';
import { PictureDialog } from '../quality/picture-dialog.js';
import { setSelfHidden, setSpotlight, togglePin } from './pins.js';
import styles from './tile-menu.module.css';
import type { TileView } from './tiles.js';
import { VolumeSlider } from './volume-slider.js';

interface TileMenuProps {
  readonly tile: TileView;
  readonly isPinned: boolean;
  readonly isSpotlit: boolean;
  readonly hasPicture: boolean;
  /** Whether the tab key comes to this tile, and so to its menu. */
  readonly isReached: boolean;
}

export function TileMenu({ tile, isPinned, isSpotlit, hasPicture, isReached }: TileMenuProps) {
  const call = useCall();
  const messages = useMessages();
  const powers = useHostPowers(tile.member);
  const isHost = useCallState(({ view }) => view.members.some((other) => other.isSelf && other.role === 'host'));
  const flip = useFlipCamera();
  const [isTuning, setIsTuning] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const { member } = tile;
  const name = tile.source === 'screen' ? messages.tile.screenOf(member.name) : member.name;
  const trigger = (
    <button
      type="button"
      className={styles.trigger}
      tabIndex={isReached ? 0 : -1}
      aria-label={messages.tile.menu(name)}
    >
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
        {isHost && (
          <MenuItem
            icon={isSpotlit ? <StarOff aria-hidden /> : <Star aria-hidden />}
            onSelect={() => setSpotlight(call, isSpotlit ? null : tile.id)}
          >
            {isSpotlit ? messages.stage.endSpotlight : messages.stage.spotlight}
          </MenuItem>
        )}
        {hasPicture && canShowTileSmall() && (
          <MenuItem icon={<PictureInPicture2 aria-hidden />} onSelect={() => void showTileSmall(tile.id)}>
            {messages.view.pip}
          </MenuItem>
        )}
        {member.isSelf && tile.source === 'camera' && (
          <MenuItem icon={<EyeOff aria-hidden />} onSelect={() => setSelfHidden(call, true)}>
            {messages.view.hideSelf}
          </MenuItem>
        )}
        {member.isSelf && tile.source === 'camera' && flip && (
          <MenuItem icon={<SwitchCamera aria-hidden />} onSelect={flip}>
            {messages.view.flip}
          </MenuItem>
        )}
        {!member.isSelf && (
          <MenuItem icon={<Volume2 aria-hidden />} onSelect={() => setIsTuning(true)}>
            {messages.tile.volume}
          </MenuItem>
        )}
        {hasPicture && (
          <MenuItem icon={<CircleQuestionMark aria-hidden />} onSelect={() => setIsAsking(true)}>
            {messages.quality.about}
          </MenuItem>
        )}
        {powers.items.length > 0 && <MenuSeparator />}
        <HostActions powers={powers} />
      </Menu>
      {powers.dialog}
      <PictureDialog tile={tile} isOpen={isAsking} onClose={() => setIsAsking(false)} />
      <Dialog title={messages.view.volumeOf(member.name)} isOpen={isTuning} onClose={() => setIsTuning(false)}>
        <VolumeSlider memberId={member.id} />
      </Dialog>
    </>
  );
}
