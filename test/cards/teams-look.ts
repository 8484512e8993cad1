/** How Teams draws cards, near enough to judge a card by: sizes, spacing, colours and buttons in its two main themes. */

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]

type Colours = {
  readonly page: string
  readonly card: string
  readonly border: string
  readonly text: string
  readonly subtle: string
  readonly accent: string
  readonly good: string
  readonly warning: string
  readonly attention: string
  readonly emphasisFill: string
  readonly accentFill: string
  readonly goodFill: string
  readonly warningFill: string
  readonly attentionFill: string
  readonly primary: string
}

const colours: Readonly<Record<Theme, Colours>> = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    border: '#d1d1d1',
    text: '#242424',
    subtle: '#616161',
    accent: '#5b5fc7',
    good: '#237b4b',
    warning: '#835c00',
    attention: '#c4314b',
    emphasisFill: '#f5f5f5',
    accentFill: '#ebebff',
    goodFill: '#e7f2da',
    warningFill: '#fbf6d9',
    attentionFill: '#fcf4f6',
    primary: '#5b5fc7',
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    border: '#525252',
    text: '#ffffff',
    subtle: '#adadad',
    accent: '#9299f7',
    good: '#92c353',
    warning: '#f8d22a',
    attention: '#e87c8f',
    emphasisFill: '#1f1f1f',
    accentFill: '#33344a',
    goodFill: '#0d2e0d',
    warningFill: '#463100',
    attentionFill: '#3e1f25',
    primary: '#5b5fc7',
  },
}

function foreground(look: Colours) {
  const tone = (plain: string, subtle = plain) => ({ default: plain, subtle })
  return {
    default: tone(look.text, look.subtle),
    dark: tone(look.text, look.subtle),
    light: tone(look.text, look.subtle),
    accent: tone(look.accent),
    good: tone(look.good),
    warning: tone(look.warning),
    attention: tone(look.attention),
  }
}

/** What the renderer is told. */
export function hostConfig(theme: Theme) {
  const look = colours[theme]
  const container = (backgroundColor: string) => ({ backgroundColor, foregroundColors: foreground(look) })
  return {
    fontFamily: "'Segoe UI', 'Open Sans', sans-serif",
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: look.border },
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    containerStyles: {
      default: container('transparent'),
      emphasis: container(look.emphasisFill),
      accent: container(look.accentFill),
      good: container(look.goodFill),
      warning: container(look.warningFill),
      attention: container(look.attentionFill),
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
}

/** What the renderer leaves to the page: the frame, the buttons, the inputs. */
export function stylesheet(theme: Theme): string {
  const look = colours[theme]
  return `
    html { color-scheme: ${theme}; }
    body { margin: 0; padding: 12px; background: ${look.page}; width: max-content; }
    #card { box-sizing: border-box; background: ${look.card}; border: 1px solid ${look.border};
      border-radius: 8px; box-shadow: 0 1px 3px rgb(0 0 0 / .12); overflow: hidden; }
    #card .ac-adaptiveCard { outline: none; }
    #card .ac-pushButton { box-sizing: border-box; min-height: 32px; padding: 5px 12px; border-radius: 4px;
      border: 1px solid ${look.border}; background: transparent; color: ${look.text};
      font: 600 14px/20px 'Segoe UI', 'Open Sans', sans-serif; }
    #card .ac-pushButton.style-positive { background: ${look.primary}; border-color: ${look.primary}; color: #fff; }
    #card .ac-pushButton.style-destructive { color: ${look.attention}; }
    #card .ac-actionSet, #card .ac-actionSet > div { flex-wrap: wrap; row-gap: 8px; }
    #card .ac-container.ac-selectable, #card .ac-columnSet.ac-selectable { border-radius: 4px; cursor: pointer; }
    #card .ac-container { border-radius: 4px; }
    #card .ac-input { box-sizing: border-box; color: ${look.text};
      font: 14px/20px 'Segoe UI', 'Open Sans', sans-serif; }
    #card input.ac-input, #card select.ac-input { width: 100%; min-height: 32px; padding: 5px 10px; border-radius: 4px;
      border: 1px solid ${look.border}; background: ${look.emphasisFill}; }
    #card .ac-choiceSetInput-expanded input, #card .ac-toggleInput, #card .ac-choiceSetInput-multiSelect input {
      accent-color: ${look.primary}; }
  `
}
