// How the page looks: one style sheet, served as it stands here.
import { ALERT_STYLE } from './style-alert.js';
import { BASE_STYLE } from './style-base.js';
import { HEALTH_STYLE } from './style-health.js';
import { INCIDENTS_STYLE } from './style-incidents.js';
import { MODEL_STYLE } from './style-model.js';
import { QUALITY_STYLE } from './style-quality.js';
import { SHELL_STYLE } from './style-shell.js';
import { SWIMLANE_STYLE } from './style-swimlane.js';
import { TABLES_STYLE } from './style-tables.js';
import { TEMPLATES_STYLE } from './style-templates.js';
import { WALL_STYLE } from './style-wall.js';

export const STYLE = [
  BASE_STYLE,
  SHELL_STYLE,
  TABLES_STYLE,
  SWIMLANE_STYLE,
  INCIDENTS_STYLE,
  ALERT_STYLE,
  TEMPLATES_STYLE,
  HEALTH_STYLE,
  QUALITY_STYLE,
  MODEL_STYLE,
  WALL_STYLE,
].join('\n');
