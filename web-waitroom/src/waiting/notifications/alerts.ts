/** Alerts for the turn in addition to the page itself. */
export const ALERTS = ['sound', 'notification'] as const;
export type Alert = (typeof ALERTS)[number];

/** Alerts that this browser supports: phones show notifications in other ways, and plain http allows none. */
export const possibleAlerts = (): Alert[] =>
  ALERTS.filter((alert) =>
    alert === 'sound' ? 'AudioContext' in globalThis : isSecureContext && 'Notification' in globalThis,
  );

const TONES_HZ = [660, 880, 660, 880];
const TONE_SECONDS = 0.22;

/** Browsers allow sound only after a click, so what the click opened is kept until the turn. */
let audio: AudioContext | undefined;

/** Four generated tones: nothing is loaded for them. */
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

/** Asks for the permission to show notifications, if needed. */
export async function mayNotify(): Promise<boolean> {
  return (await Notification.requestPermission()) === 'granted';
}

/** @param room makes one notification per room, for any number of its open pages */
export function notify(room: string, title: string, body: string): void {
  try {
    const shown = new Notification(title, { body, tag: `turn:${room}`, lang: document.documentElement.lang });
    shown.onclick = () => {
      focus();
      shown.close();
    };
  } catch {
    // Chrome on Android has the API but refuses it to pages; the page itself still shows the turn.
  }
}
