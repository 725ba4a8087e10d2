import sys

print('plain program', sys.argv[1:])
print('to stderr', file=sys.stderr)
sys.stdout.write('no newline at the end')
