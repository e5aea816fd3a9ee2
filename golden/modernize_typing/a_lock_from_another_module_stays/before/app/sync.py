import multiprocessing
import threading
from threading import Event, Lock as Guard

Mutex = threading.RLock
Channel = multiprocessing.Queue
Signal = threading.Event
