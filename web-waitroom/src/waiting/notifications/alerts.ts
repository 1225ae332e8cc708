/** How a waiter is told of the turn beside what the page shows. */
export const ALERTS = ['sound', 'notification'] as const;
export type Alert = (typeof ALERTS)[number];

/** What this browser can do: phones show notifications through other means, and none does over plain http. */
export const possibleAlerts = (): Alert[] =>
  ALERTS.filter((alert) =>
    alert === 'sound' ? 'AudioContext' in globalThis : isSecureContext && 'Notification' in globalThis,
  );

const TONES_HZ = [660, 880, 660, 880];
const TONE_SECONDS = 0.22;

/** Browsers let a page sound after a click only, so what was opened at the click is kept until the turn. */
let audio: AudioContext | undefined;

/** Four tones, made here: nothing is loaded for them. */
export function playSound(): void {
  audio ??= new AudioContext();
  void audio.resume();
  for (const [index, frequency] of TONES_HZ.entries()) {
    const tone = new OscillatorNode(audio, { frequency });
    const start = audio.currentTime + index * TONE_SECONDS;
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0.25, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  }
}

/** Asks the person, if need be, whether notifications may be shown. */
export async function mayNotify(): Promise<boolean> {
  return (await Notification.requestPermission()) === 'granted';
}

/** @param room one notification for a room, however many of its pages are open */
export function notify(room: string, title: string, body: string): void {
  try {
    const shown = new Notification(title, { body, tag: `turn:${room}`, lang: document.documentElement.lang });
    shown.onclick = () => {
      focus();
      shown.close();
    };
  } catch {
    // Chrome on Android has the word and refuses its use to pages; the page itself still tells.
  }
}
