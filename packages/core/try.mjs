import { planOrder, composeStacks, viewsOfStack, proveAgreement } from '@isthmus/core'
import { aws } from '../provider-aws/dist/index.js'
import { azure } from '../provider-azure/dist/index.js'
import { gcp } from '../provider-gcp/dist/index.js'
const providers=[aws,azure,gcp]
const order={name:'seoul-mesh',topology:'full-mesh',security:'strong',sites:{'aws-seoul':{cloud:'aws',region:'ap-northeast-2',cidr:'10.10.0.0/16'},'azure-seoul':{cloud:'azure',region:'koreacentral',cidr:'10.20.0.0/16',sku:'VpnGw2AZ'},'gcp-seoul':{cloud:'gcp',region:'asia-northeast3',cidr:'10.30.0.0/16'}}, ...(process.argv[2]==='static'?{defaults:{routing:'static'}}:{})}
const p=planOrder(order,{providers})
console.log(p.ok, p.findings)
if(p.ok){
 for(const d of p.deals) console.log(d.link,d.routing,JSON.stringify(d.suite),d.tunnels.map(t=>t.id+' '+t.inside.cidr).join(','), d.tunnels[0].key)
 const [st]=composeStacks('seoul-mesh',p.fragments,'whole')
 const proof=proveAgreement(viewsOfStack(st.text),p,providers)
 console.log(proof.tunnels.length, proof.findings)
 const parts=composeStacks('seoul-mesh',p.fragments,'parts'); console.log(parts.map(s=>[s.name,s.after.join(),s.inputs.length,s.keys.length]))
 if(process.argv[2]==='print') console.log(st.text)
 if(process.argv[2]==='why') for(const d of p.deals) console.log(d.link, d.reasons)
 const t=performance.now(); for(let i=0;i<20;i++) planOrder(order,{providers}); console.log((performance.now()-t)/20,'ms')
}
