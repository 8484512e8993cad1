/** How Teams draws cards, near enough to judge a card by: sizes, spacing and tones. The colours are those of cards.css. */

const tone = (plain: string, subtle = plain) => ({
  default: `var(--card-${plain})`,
  subtle: `var(--card-${subtle})`,
})

const foreground = {
  default: tone('text', 'subtle'),
  dark: tone('text', 'subtle'),
  light: tone('text', 'subtle'),
  accent: tone('accent'),
  good: tone('good'),
  warning: tone('warning'),
  attention: tone('attention'),
}

const container = (backgroundColor: string) => ({ backgroundColor, foregroundColors: foreground })

/** What the renderer is told. */
export const hostConfig = {
  fontFamily: "'Segoe UI', -apple-system, 'Open Sans', system-ui, sans-serif",
  supportsInteractivity: true,
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--card-border)' },
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 200, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  textBlock: { headingLevel: 3 },
  containerStyles: {
    default: container('transparent'),
    emphasis: container('var(--card-emphasis-fill)'),
    accent: container('var(--card-accent-fill)'),
    good: container('var(--card-good-fill)'),
    warning: container('var(--card-warning-fill)'),
    attention: container('var(--card-attention-fill)'),
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', spacing: 'small' },
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline' },
  },
}
