import { testResultStore } from '../store/store-contract.testkit.js';
import { createMemoryStore } from './memory-store.js';

testResultStore('memory', createMemoryStore);
