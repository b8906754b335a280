#!/usr/bin/env python3
# Makes other forms of a torch.save file, as people's trainings leave them, without torch: repack.py WEIGHTS.pt OUT FORM
# Forms: plain, orig_mod, orig_mod_inner, module, module_inner, ddp_compiled, lightning, lightning_prefix, model_opt, model_state_dict, agent_state, ema, numpy_scalar
import io, pickle, sys, types, zipfile
from collections import OrderedDict

torch, utils = types.ModuleType('torch'), types.ModuleType('torch._utils')
sys.modules.update({'torch': torch, 'torch._utils': utils})
for storage in ('FloatStorage', 'HalfStorage', 'BFloat16Storage', 'DoubleStorage', 'LongStorage', 'IntStorage', 'ByteStorage', 'BoolStorage'):
    cls = type(storage, (), {'__module__': 'torch'})
    setattr(torch, storage, cls)

class Tensor:
    def __init__(self, args): self.args = args
    def __reduce__(self): return utils._rebuild_tensor_v2, self.args
class Stored:
    def __init__(self, key): self.key = key
def _rebuild_tensor_v2(*args): return Tensor(args)
_rebuild_tensor_v2.__module__ = 'torch._utils'
utils._rebuild_tensor_v2 = _rebuild_tensor_v2

# A NumPy number as NumPy pickles it.
numpy, multiarray = types.ModuleType('numpy'), types.ModuleType('numpy.core.multiarray')
sys.modules.update({'numpy': numpy, 'numpy.core': types.ModuleType('numpy.core'), 'numpy.core.multiarray': multiarray})
numpy.dtype = type('dtype', (), {'__module__': 'numpy', '__reduce__': lambda self: (numpy.dtype, ('f8', False, True), (3, '<', None, None, None, -1, -1, 0))})
def scalar(*args): raise NotImplementedError
scalar.__module__ = 'numpy.core.multiarray'
multiarray.scalar = scalar
class Number:
    def __reduce__(self): return multiarray.scalar, (numpy.dtype(), bytes(range(120, 128)))

class Reader(pickle.Unpickler):
    def persistent_load(self, key): return Stored(key)
class Writer(pickle.Pickler):
    def persistent_id(self, thing): return thing.key if isinstance(thing, Stored) else None

def load(path):
    with zipfile.ZipFile(path) as z:
        root = z.namelist()[0].split('/')[0]
        return Reader(io.BytesIO(z.read(root + '/data.pkl'))).load(), root, {n: z.read(n) for n in z.namelist() if not n.endswith('data.pkl')}

def save(path, thing, root, rest):
    out = io.BytesIO(); Writer(out, protocol=2).dump(thing)
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_STORED) as z:
        z.writestr(root + '/data.pkl', out.getvalue())
        for name, data in rest.items(): z.writestr(name, data)

def named(weights, change): return OrderedDict((change(k), v) for k, v in weights.items())
def inner(weights, part): return named(weights, lambda k: k.replace('.', '.' + part + '.', 1))
def form(weights, name):
    if 'state_dict' in weights or 'model' in weights: weights = weights.get('state_dict') or weights['model']
    other = {'state': {0: {'step': 3.0}}, 'param_groups': [{'lr': 1e-4, 'betas': (0.9, 0.999), 'params': [0]}]}
    return {
        'plain': lambda: weights,
        'orig_mod': lambda: named(weights, lambda k: '_orig_mod.' + k),
        'orig_mod_inner': lambda: inner(weights, '_orig_mod'),
        'module': lambda: named(weights, lambda k: 'module.' + k),
        'module_inner': lambda: inner(weights, 'module'),
        'ddp_compiled': lambda: named(weights, lambda k: 'module._orig_mod.' + k),
        'lightning': lambda: {'epoch': 12, 'global_step': 12000, 'pytorch-lightning_version': '2.4.0', 'state_dict': weights, 'hyper_parameters': {'lr': 1e-4}, 'loops': {'fit_loop': {'state_dict': {}}}, 'callbacks': {}, 'optimizer_states': [other], 'lr_schedulers': []},
        'lightning_prefix': lambda: {'epoch': 12, 'state_dict': named(weights, lambda k: 'model.' + k), 'hyper_parameters': {'lr': 1e-4}},
        'model_opt': lambda: {'model': weights, 'optimizer': other, 'step': 5, 'args': {'lr': 1e-3, 'name': 'x'}},
        'model_state_dict': lambda: {'model_state_dict': weights, 'optimizer_state_dict': other, 'epoch': 3, 'loss': 0.123, 'best': None, 'amp': True},
        'agent_state': lambda: {'epoch': 50, 'num_epochs_collect': 950, 'agent': weights, 'opt': {'denoiser': other}, 'lr_sched': {'denoiser': {'last_epoch': 5}}, 'train_dataset': {'is_static': False, 'num_steps': 1000}},
        'numpy_scalar': lambda: {'model': weights, 'best_loss': Number(), 'epoch': 4},
        'ema': lambda: {'model': weights, 'ema': weights, 'step': 1},
    }[name]()

if __name__ == '__main__':
    weights, root, rest = load(sys.argv[1])
    save(sys.argv[2], form(weights, sys.argv[3]), root, rest)
