import type { Detector } from './spans.ts';

/** The edge of a word in any script: JavaScript's own knows ASCII only. */
const BOUNDARY = '(?:(?<![\\p{L}\\p{N}_])(?=[\\p{L}\\p{N}_])|(?<=[\\p{L}\\p{N}_])(?![\\p{L}\\p{N}_]))';
/** Between two words of one phrase. */
const GAP = '[^.!?。！？\\n]{0,40}?';
const NOT = "(?<!\\b(?:not|never|don['’]t|cannot|can['’]t)\\s{1,3})";

/**
 * By kind, what texts say that want to take over a model. Each begins with a word of its own and looks on over a bounded
 * stretch, so that time stays linear.
 */
const PHRASES: readonly (readonly [kind: string, phrases: readonly string[]])[] = [
  [
    'override',
    [
      `\\b${NOT}(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|ing)|bypass(?:ing)?|(?:do not|don['’]t|stop) (?:follow|obey)(?:ing)?)\\b${GAP}\\b(?:previous|prior|earlier|preceding|above|initial|original|former|all|any|your|system|developer)\\b${GAP}\\b(?:instructions?|prompts?|rules|guidelines|directions|directives?|commands|constraints|restrictions|policies|safeguards|programming|training)\\b`,
      `\\b${NOT}(?:ignore|disregard|forget) (?:everything|all|anything)(?: (?:that|which))?(?: (?:i|we|you|was|were|have|has|been|they))* (?:said|told|written|above|before|previously|earlier)\\b`,
      `\\b(?:new|updated|real|actual) (?:system )?(?:instructions?|prompt)\\s*:`,
      `\\b(?:ignorier(?:e|en|t)?|vergiss|vergessen|missachte|übergehe?)\\b${GAP}\\b(?:bisherigen?|vorherigen?|vorigen?|obigen?|früheren?|alle|deine)\\b${GAP}(?:anweisungen|anleitungen|regeln|vorgaben|befehle|instruktionen|prompts?)\\b`,
      `\\b(?:ignor(?:e|ez|er)|oubli(?:e|ez|er)) (?:toute?s?|tous|les?|la|tes|vos|ces|mes)\\b${GAP}\\b(?:instructions?|consignes?|règles|directives|ordres)\\b`,
      `\\b(?:ignor(?:a|e|en|ar)|olvid(?:a|e|ar)|desobedece)\\b${GAP}\\b(?:instrucciones|reglas|órdenes|indicaciones|directrices)\\b`,
      `\\b(?:ignor(?:e|a|ar)|esqueç(?:a|am)|esquece)\\b${GAP}\\b(?:instruções|regras|ordens|orientações)`,
      `\\b(?:ignora(?:re)?|dimentica(?:re)?)\\b${GAP}\\b(?:istruzioni|regole|direttive|comandi)\\b`,
      `(?:игнориру(?:й|йте)|забудь(?:те)?|не обращай(?:те)? внимания на)${GAP}(?:инструкци|указани|правил|команд)\\p{L}*`,
      `(?:忽略|无视|無視|忘记|忘記|忘掉|不要理会|不要遵守|不用管|绕过|繞過)[^。！？.!?\\n]{0,20}?(?:指令|指示|提示词?|提示詞|规则|規則|说明|說明|要求|设定|設定|内容|內容|限制)`,
      `(?:指示|命令|ルール|プロンプト|指令|制約|設定|規則)(?:は|を|の?(?:すべて|全て)(?:を|は)?)[^。！？\\n]{0,12}?(?:無視|忘れ|破棄|従わな)`,
      `(?:지시|명령|규칙|지침|프롬프트|설정)[^.!?\\n]{0,12}?(?:무시|잊어|따르지 마)`,
    ],
  ],
  [
    'role-change',
    [
      `\\byou are (?:now|from now on|no longer)\\b${GAP}\\b(?:dan|jailbroken|unrestricted|unfiltered|uncensored|developer mode|an? (?:ai|assistant|model|bot|chatbot) (?:without|with no|that|who)|bound|restricted|an ai)\\b`,
      `\\b(?:pretend|act|behave|respond|answer|roleplay|role-play)\\b${GAP}\\b(?:no|without(?: any)?) (?:restrictions|rules|limits|limitations|filters?|guidelines|censorship|content polic(?:y|ies))\\b`,
      `\\b(?:enable|enter|activate|switch to|turn on)\\b${GAP}\\b(?:developer|debug|god|jailbreak|dan|sudo|admin|unrestricted) mode\\b`,
      `\\bdo anything now\\b`,
      `\\bdu bist (?:jetzt|nun|ab sofort|nicht (?:mehr|länger))\\b${GAP}\\b(?:ohne|keine?|uneingeschränkt\\p{L}*|gebunden|frei)\\b`,
      `(?:从现在开始|从现在起|從現在開始|現在起|现在)[,，]?[你您](?:就)?(?:是|扮演|将|將|不再|没有|沒有)[^。！？\\n]{0,20}?(?:限制|约束|約束|审查|審查|规则|規則|越狱|越獄|开发者模式|開發者模式)`,
      `(?:开启|进入|启用|打开|開啟|進入)[^。！？\\n]{0,8}?(?:开发者模式|開發者模式|越狱模式|越獄模式|上帝模式|管理员模式)`,
      `(?:今から|これから)[^。！？\\n]{0,16}?(?:制限(?:の)?(?:ない|なし|なく)|開発者モード|脱獄)`,
      `開発者モード(?:を|に)(?:有効|オン|入|切り替え)`,
      `(?:지금부터|이제부터)[^.!?\\n]{0,20}?(?:제한 ?없|개발자 모드|탈옥)`,
    ],
  ],
  [
    'prompt-request',
    [
      `\\b${NOT}(?:reveal|show|print|output|repeat|display|leak|tell me|give me|recite|dump|write out|translate|summari[sz]e)\\b${GAP}\\b(?:(?:your|the) (?:\\w+ )?(?:system|hidden|initial|original|secret|internal|developer) (?:prompts?|messages?|instructions?|rules)|your (?:prompt|instructions)|(?:instructions|text|words|everything) above)\\b`,
      `\\bwhat (?:is|are|was|were) your (?:(?:system|hidden|initial|original|secret|internal|developer) )(?:prompt|message|instructions?|rules)\\b`,
      `(?:显示|输出|告诉我|打印|重复|泄露|透露|展示|顯示|輸出|告訴我|列印|重複|洩露)[^。！？\\n]{0,16}?(?:系统提示词?|系統提示詞?|系统指令|系統指令|初始指令|隐藏指令|隱藏指令|原始提示|内部指令)`,
      `(?:システムプロンプト|初期(?:の)?指示|隠された指示|内部(?:の)?指示)を[^。！？\\n]{0,12}?(?:表示|教え|出力|見せ|開示|繰り返)`,
      `(?:시스템 ?프롬프트|초기 지시|숨겨진 지시)[^.!?\\n]{0,12}?(?:보여|알려|출력|공개|말해)`,
      `\\b(?:zeige?|nenne?|verrate?|gib|drucke?|wiederhole)\\b${GAP}\\b(?:systemprompt|system-prompt|systemnachricht|systemanweisung(?:en)?|geheimen? anweisungen)\\b`,
      `\\b(?:affich\\w{1,3}|montr\\w{1,3}|révèl\\w{1,3}|répèt\\w{1,3})\\b${GAP}\\b(?:prompt système|instructions? (?:système|cachées|initiales))\\b`,
      `\\b(?:muestra|revela|imprime|repite|mostra|rivela|stampa|mostre|revele)(?:me)?\\b${GAP}\\b(?:prompt (?:del|de|do) sistema|instrucciones (?:del sistema|ocultas|iniciales)|istruzioni (?:di sistema|nascoste)|instruções (?:do sistema|ocultas))\\b`,
    ],
  ],
  [
    'chat-markup',
    [
      '<\\|(?:im_start|im_end|im_sep|system|user|assistant|endoftext|begin_of_text|eot_id|start_header_id|end_header_id)\\|>',
      '\\[/?INST\\]|<</?SYS>>|<(?:start|end)_of_turn>',
      '</?(?:system|system_prompt|system-prompt|instructions)>',
      '(?:^|\\n)[ \\t]*#{2,4} ?(?:system|instructions?) ?(?:prompt|message)?:[ \\t]*(?=\\n|$)',
    ],
  ],
  // Letters that no reader sees, turned text, and the tag characters, which spell ASCII invisibly.
  [
    'hidden-text',
    ['[\\u{E0000}-\\u{E007F}]{2,}', '[\\u200B\\u200C\\u2060\\u2062-\\u2064\\uFEFF]{3,}', '[\\u202D\\u202E]'],
  ],
];

export const INJECTION_KINDS = PHRASES.map(([kind]) => kind) as [string, ...string[]];

/** Made when they are asked for: the program would start 20 ms later for them. */
export function injections(kinds: readonly string[]): Detector[] {
  return PHRASES.filter(([kind]) => kinds.includes(kind)).flatMap(([kind, phrases]) =>
    phrases.map((phrase) => ({ kind, pattern: new RegExp(phrase.replaceAll('\\b', BOUNDARY), 'giu') })),
  );
}
