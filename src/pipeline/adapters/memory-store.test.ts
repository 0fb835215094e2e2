import { testResultStore } from '../store/result-store.testkit.js';
import { testRetention } from '../store/retention.testkit.js';
import { createMemoryStore } from './memory-store.js';

testResultStore('memory', createMemoryStore);
testRetention('memory', createMemoryStore);
