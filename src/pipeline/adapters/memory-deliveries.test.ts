import { testDeliveries } from '../sinks/deliveries.testkit.js';
import { createMemoryStore } from './memory-store.js';

testDeliveries('memory', createMemoryStore);
