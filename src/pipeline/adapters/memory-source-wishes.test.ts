import { testSourceWishes } from '../store/source-wishes.testkit.js';
import { createMemoryStore } from './memory-store.js';

testSourceWishes('memory', createMemoryStore);
