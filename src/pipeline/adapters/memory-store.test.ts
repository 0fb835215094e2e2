import { testResultStore } from '../result-store.testkit.js';
import { createMemoryStore } from './memory-store.js';

testResultStore('memory', createMemoryStore);
