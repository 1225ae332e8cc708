import { isSafePattern } from 'redos-detector';import { parseSync, Visitor } from 'rolldown/utils';import {readFileSync} from 'node:fs';import {execFileSync} from 'node:child_process';
const files=execFileSync('git',['ls-files','-z']).toString().split('\0').filter(f=>/^(?:kit|db|gateway|checkout|workers|web-waitroom)\/src\/.*\.tsx?$/.test(f)&&!/\.test\.tsx?$|\.fixture\.ts$|\/testing\/|\/build\/|\/pictures\//.test(f));
const m=new Map();const t00=process.cpuUsage().user;
for(const f of files){const {program}=parseSync(f,readFileSync(f,'utf8'));new Visitor({Literal:(n)=>{if('regex'in n&&n.regex){const k=n.regex.pattern+'/'+n.regex.flags;m.set(k,(m.get(k)??[]).concat(f+'|'));m.get(k).r=n.regex}}}).visit(program);}
console.log('parse',(process.cpuUsage().user-t00)/1e3);
const out=[];for(const [k,v] of m){const t0=process.cpuUsage().user;const {pattern,flags}=v.r;const r=isSafePattern(pattern,{maxScore:100,maxSteps:20000,timeout:Infinity,caseInsensitive:flags.includes('i'),unicode:flags.includes('u'),dotAll:flags.includes('s'),multiLine:flags.includes('m')});out.push([(process.cpuUsage().user-t0)/1e3,k.slice(0,100),v.length,r.safe,r.error]);}
out.sort((a,b)=>b[0]-a[0]);console.log(out.length,out.reduce((a,b)=>a+b[0],0));for(const o of out.slice(0,25))console.log(...o);
