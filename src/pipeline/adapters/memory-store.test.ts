import { testResultStore } from '../store/result-store.testkit.js';
import { createMemoryStore } from './memory-store.js';

testResultStore('memory', createMemoryStore);
