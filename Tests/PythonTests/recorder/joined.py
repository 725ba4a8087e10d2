"""The recorder as the one file that is shipped, for the programs here that run it by itself."""

import atexit
import os
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(HERE, '..', '..', '..', 'scripts', 'recorder')


def join():
    """The path of the joined file. It is there until this program ends."""
    folder = tempfile.mkdtemp(prefix='loopscope-')
    atexit.register(shutil.rmtree, folder, True)
    path = os.path.join(folder, 'loopscope_recorder.py')
    with open(path, 'wb') as file:
        subprocess.run([SCRIPT], stdout=file, check=True)
    return path


RECORDER = join()
