import type { HearingCell, HearingState } from '@madang/client';
import { Check, CircleQuestionMark, type LucideIcon, Mic, Minus, MonitorUp, Video, X } from 'lucide-react';

export const STATE_ICONS: Record<HearingState, LucideIcon> = {
  works: Check,
  broken: X,
  off: Minus,
  unknown: CircleQuestionMark,
};

export const SOURCE_ICONS: Record<HearingCell['source'], LucideIcon> = {
  microphone: Mic,
  camera: Video,
  screen: MonitorUp,
};
