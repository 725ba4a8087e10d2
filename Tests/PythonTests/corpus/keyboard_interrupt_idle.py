# requires 3.7
import asyncio
import os
import signal
import threading
import time


def interrupt():
    time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=interrupt).start()
loop = asyncio.new_event_loop()
loop.run_forever()
