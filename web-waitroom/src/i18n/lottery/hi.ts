import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'लॉटरी जाँचें',
  'page.language': 'भाषा',
  'page.lead':
    'कतार में आपका नंबर लॉटरी से निकला था। यह पेज उसे प्रकाशित जानकारी से आपके ब्राउज़र में फिर से निकालता है। आप जो भरते हैं, वह भेजा नहीं जाता।',
  'page.no_script': 'यह पेज JavaScript से हिसाब करता है। दस्तावेज़ में दिया तरीका इसके बिना भी चलता है।',
  'form.index': 'आगमन क्रमांक, आपकी रसीद से',
  'form.commitment': 'खुलने से पहले प्रकाशित (कमिटमेंट)',
  'form.seed': 'बाद में प्रकाशित (सीड)',
  'form.size': 'कितनों के लिए लॉटरी हुई',
  'form.check': 'मेरा नंबर निकालें',
  'result.number': 'आपका नंबर {number} है',
  'result.kept': 'सीड वही है जो किसी के आने से पहले तय था।',
  'result.broken': 'सीड वह नहीं है जो पहले तय था। दुकान से पूछें।',
  'result.late': 'आप लॉटरी के बाद आए, इसलिए आपका नंबर आगमन के क्रम से है।',
  'result.wrong': 'कृपया पूर्ण संख्याएँ और सीड भरें।',
  'trouble.not_drawn': 'यह लॉटरी अभी नहीं निकली है। दरवाज़े खुलने के बाद फिर आएँ।',
  'trouble.no_lottery': 'इस कक्ष में लॉटरी नहीं है: नंबर आगमन के क्रम से हैं।',
  'trouble.away': 'कक्ष अभी जवाब नहीं दे रहा। आप मान ख़ुद भर सकते हैं।',
} as const satisfies TranslationOf<typeof en>;
